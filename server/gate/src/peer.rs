//! Who is calling: the address of the client, also through proxies we trust.

use std::net::{AddrParseError, IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::header::FORWARDED;
use ipnet::IpNet;

/// The client's address, in the extensions of every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Reads a trusted proxy from settings: one address (`10.0.0.7`) or a network (`10.0.0.0/8`).
///
/// # Errors
/// When it is neither.
pub fn parse_network(text: &str) -> Result<IpNet, AddrParseError> {
    text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
}

/// The client behind a connection from `socket`: what the nearest proxies say, as far as we trust them.
///
/// The list grows to the right, so it is read from the right up to the first address that is not a
/// trusted proxy: whatever stands before it the client could have written itself. For the same
/// reason `Forwarded` counts only where `X-Forwarded-For`, which proxies set by habit, is absent.
pub(crate) fn client(socket: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut client = socket;
    if !within(trusted, socket) {
        return client;
    }
    for hop in hops(headers).into_iter().rev() {
        let Some(hop) = hop else { break };
        client = hop;
        if !within(trusted, hop) {
            break;
        }
    }
    client
}

pub(crate) fn within(networks: &[IpNet], ip: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&ip))
}

/// What limits count as one caller: an address, or in IPv6 the /64 a subscriber is given.
pub(crate) fn subscriber(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << 64)).into(),
    }
}

/// The addresses proxies wrote, farthest first; `None` where one is hidden or unreadable.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let list = |name: &str| -> Vec<String> {
        headers.get_all(name).iter().flat_map(|v| v.to_str().unwrap_or("").split(',')).map(String::from).collect()
    };
    let named = list("x-forwarded-for");
    if !named.is_empty() {
        return named.iter().map(|node| address(node)).collect();
    }
    list(FORWARDED.as_str()).iter().map(|element| address(forwarded_for(element)?)).collect()
}

/// The `for` parameter of one element of a `Forwarded` header (RFC 7239).
fn forwarded_for(element: &str) -> Option<&str> {
    element
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(name, value)| name.trim().eq_ignore_ascii_case("for").then_some(value))
}

/// An address as proxies write it: bare, in brackets, in quotes, with or without a port.
fn address(node: &str) -> Option<IpAddr> {
    let node = node.trim().trim_matches('"');
    let bare = node.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(node);
    let ip = bare.parse::<IpAddr>().or_else(|_| node.parse::<SocketAddr>().map(|socket| socket.ip()));
    ip.ok().map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(socket: &str, headers: &[(&'static str, &str)]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let trusted = [parse_network("10.0.0.0/8").unwrap(), parse_network("::1").unwrap()];
        client(socket.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_name_itself() {
        assert_eq!(seen("9.9.9.9", &[("x-forwarded-for", "1.1.1.1")]), "9.9.9.9");
        assert_eq!(seen("9.9.9.9", &[("forwarded", "for=1.1.1.1")]), "9.9.9.9");
    }

    #[test]
    fn the_first_untrusted_address_from_the_right_is_the_client() {
        assert_eq!(seen("10.0.0.1", &[("x-forwarded-for", "6.6.6.6, 1.1.1.1, 10.0.0.2")]), "1.1.1.1");
        assert_eq!(seen("10.0.0.1", &[("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "1.1.1.1")]), "1.1.1.1");
    }

    #[test]
    fn forwarded_is_read_with_quotes_brackets_and_ports() {
        assert_eq!(seen("::1", &[("forwarded", "proto=https; For=\"[2001:db8::7]:4711\"")]), "2001:db8::7");
        assert_eq!(seen("::1", &[("forwarded", "for=6.6.6.6, for=1.1.1.1:80;by=_x")]), "1.1.1.1");
        assert_eq!(seen("::1", &[("x-forwarded-for", "::ffff:1.1.1.1")]), "1.1.1.1");
    }

    #[test]
    fn forwarded_smuggled_past_the_usual_header_is_ignored() {
        assert_eq!(seen("10.0.0.1", &[("forwarded", "for=6.6.6.6"), ("x-forwarded-for", "1.1.1.1")]), "1.1.1.1");
    }

    #[test]
    fn an_unreadable_hop_ends_the_trust() {
        assert_eq!(seen("10.0.0.1", &[("x-forwarded-for", "1.1.1.1, unknown, 10.0.0.2")]), "10.0.0.2");
        assert_eq!(seen("10.0.0.1", &[("forwarded", "for=_hidden")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn one_ipv6_household_is_one_subscriber() {
        let one = subscriber("2001:db8:1:2::1".parse().unwrap());
        assert_eq!(one, subscriber("2001:db8:1:2:ffff::9".parse().unwrap()));
        assert_ne!(one, subscriber("2001:db8:1:3::1".parse().unwrap()));
    }
}
