//! The short answers the gate gives itself, in Chinese and English.

use std::time::Duration;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::RequestId;

const TEXT: &str = "text/plain; charset=utf-8";

/// Why a request is not let through, or not answered by its handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    OtherSite,
    PlainHttp,
    TwoLengths,
    TooLarge,
    TooOften(Duration),
    Busy,
    TooSlow,
    Broken(RequestId),
}

impl Refusal {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::OtherSite | Self::PlainHttp => StatusCode::FORBIDDEN,
            Self::TwoLengths => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The whole answer for a connection that never reaches HTTP.
    pub(crate) fn raw(self) -> String {
        let (status, text) = (self.status(), self.text());
        let retry = self.retry_after().map_or(String::new(), |seconds| format!("retry-after: {seconds}\r\n"));
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: {TEXT}\r\ncontent-length: {}\r\nx-content-type-options: nosniff\r\n\
             {retry}connection: close\r\n\r\n{text}",
            text.len()
        )
    }

    /// Whole seconds to wait, at least one.
    fn retry_after(self) -> Option<u64> {
        match self {
            Self::TooOften(wait) => Some(wait.as_millis().div_ceil(1000).max(1).try_into().unwrap_or(u64::MAX)),
            Self::Busy | Self::TooSlow => Some(1),
            Self::OtherSite | Self::PlainHttp | Self::TwoLengths | Self::TooLarge | Self::Broken(_) => None,
        }
    }

    fn text(self) -> String {
        let (zh, en) = match self {
            Self::OtherSite => (
                "请求来自其他网站，已拒绝，未作任何更改。",
                "Refused: the request comes from another site. Nothing was changed.",
            ),
            Self::PlainHttp => {
                ("此端口只接受受信任代理的连接。", "Refused: this port is for the trusted proxy only.")
            }
            Self::TwoLengths => (
                "请求同时写了两种长度，已拒绝，未作任何更改。",
                "Refused: the request gives its length in two ways. Nothing was changed.",
            ),
            Self::TooLarge => (
                "内容过大，未保存。请缩小后重试。",
                "Too large: nothing was saved. Please make it smaller and try again.",
            ),
            Self::TooOften(_) => (
                "操作过于频繁，本次请求未处理。请稍后再试。",
                "Too many requests: this one was not done. Please try again shortly.",
            ),
            Self::Busy => (
                "服务繁忙，本次请求未处理。请稍后再试。",
                "The service is busy and has not handled this request. Please try again shortly.",
            ),
            Self::TooSlow => (
                "处理超时。请先刷新页面查看是否已生效，再重试。",
                "This took too long. Please reload to see whether it took effect before trying again.",
            ),
            Self::Broken(id) => {
                return format!(
                    "出错了，请重试；如仍失败，请告知编号 {id}。\n\
                     Something went wrong. Please try again; if it fails again, tell us the number {id}.\n"
                );
            }
        };
        format!("{zh}\n{en}\n")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response =
            (self.status(), [(CONTENT_TYPE, TEXT), (CACHE_CONTROL, "no-store")], self.text()).into_response();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_whole_seconds_rounded_up() {
        let told = |millis| Refusal::TooOften(Duration::from_millis(millis)).retry_after();
        assert_eq!([told(0), told(1), told(1000), told(1001)], [Some(1), Some(1), Some(1), Some(2)]);
    }

    #[test]
    fn the_raw_answer_states_its_length_in_bytes() {
        let raw = Refusal::Busy.raw();
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())));
    }
}
