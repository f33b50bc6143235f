//! The terminal in two languages. Each text of the command line stands at its place as `English ‖ 中文`.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use domain::Lang;

/// One of two sentences.
macro_rules! said {
    ($lang:expr, $zh:literal, $en:literal $(,)?) => {
        match $lang {
            domain::Lang::Zh => format!($zh),
            domain::Lang::En => format!($en),
        }
    };
}
pub(crate) use said;

/// The command line in one language; options of `serve` are shown only where they count.
pub(super) fn speak(mut command: Command, lang: Lang) -> Command {
    command.build();
    translate(command, lang, true)
}

/// Why a command line is not understood.
pub(super) fn usage(error: &clap::Error, lang: Lang) -> String {
    if lang == Lang::En {
        return error.to_string().trim_start_matches("error: ").to_owned();
    }
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (what, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    let valid = told(ContextKind::ValidValue);
    let head = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有这个选项：{what}"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", told(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少：{what}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{what} 缺少内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if valid.is_empty() => {
            format!("{what} 不能是「{value}」")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{what} 不能是「{value}」，可用：{valid}"),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return error.to_string(),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("{what} 重复或冲突"),
        _ => "命令不完整".to_owned(),
    };
    format!("{head}\n\n用法见 menpai --help")
}

fn translate(command: Command, lang: Lang, serves: bool) -> Command {
    let about = command.get_about().map(|text| chosen(&text.to_string(), lang));
    let after = command.get_after_help().map(|text| chosen(&text.to_string(), lang));
    let mut command = command.mut_args(|arg| argument(arg, lang, serves)).mut_subcommands(|sub| {
        let serves = matches!(sub.get_name(), "serve" | "config");
        translate(sub, lang, serves)
    });
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    if lang == Lang::Zh {
        let template = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
        command = command.subcommand_help_heading("命令").help_template(template);
    }
    command
}

fn argument(arg: Arg, lang: Lang, serves: bool) -> Arg {
    let of_serve = crate::config::Config::OF_SERVE.contains(&arg.get_id().as_str());
    let arg = if of_serve && !serves { arg.hide(true) } else { arg };
    let help = match arg.get_id().as_str() {
        "help" => "Print this help ‖ 显示帮助".to_owned(),
        "version" => "Print the version ‖ 显示版本".to_owned(),
        _ => arg.get_help().map(ToString::to_string).unwrap_or_default(),
    };
    let help = chosen(&help, lang);
    if lang == Lang::En {
        return arg.help(help);
    }
    let mut tail = Vec::new();
    if arg.get_action().takes_values() {
        let values: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
        if !values.is_empty() {
            tail.push(format!("可用：{}", values.join("、")));
        }
        if let [default] = arg.get_default_values() {
            tail.push(format!("默认：{}", default.display()));
        }
    }
    if let Some(name) = arg.get_env() {
        tail.push(format!("环境变量：{}", name.display()));
    }
    let place = arg.get_index();
    let help = if tail.is_empty() { help } else { format!("{help}（{}）", tail.join("；")) };
    let arg = arg.help(help).hide_possible_values(true).hide_default_value(true).hide_env(true);
    match place {
        Some(place) => arg.help_heading("参数").display_order(place),
        None => arg.help_heading("选项"),
    }
}

fn chosen(text: &str, lang: Lang) -> String {
    match text.split_once('‖') {
        Some((en, zh)) => if lang == Lang::Zh { zh } else { en }.trim().to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn texts(command: &Command) -> Vec<String> {
        let own = command.get_about().into_iter().chain(command.get_after_help()).map(ToString::to_string);
        let args = command.get_arguments().filter_map(|arg| arg.get_help().map(ToString::to_string));
        own.chain(args).chain(command.get_subcommands().flat_map(texts)).collect()
    }

    #[test]
    fn every_text_of_the_command_line_is_there_in_both_languages() {
        let is_chinese = |text: &str| text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (lang, chinese) in [(Lang::Zh, true), (Lang::En, false)] {
            let said = texts(&speak(super::super::Cli::command(), lang));
            assert!(said.len() > 40);
            for text in said {
                assert!(is_chinese(&text) == chinese && !text.contains('‖'), "{lang}: {text}");
            }
        }
    }

    #[test]
    fn a_wrong_command_line_is_explained_in_both_languages() {
        for wrong in [&["menpai", "swim"][..], &["menpai", "import", "cats", "x"], &["menpai", "backup"]] {
            let error = speak(super::super::Cli::command(), Lang::Zh).try_get_matches_from(wrong).unwrap_err();
            let (zh, en) = (usage(&error, Lang::Zh), usage(&error, Lang::En));
            assert!(zh.starts_with(|c: char| !c.is_ascii()) || zh.contains('「'), "{zh}");
            assert!(en.is_ascii() || en.contains('<'), "{en}");
        }
    }

    #[test]
    fn options_of_serve_are_hidden_elsewhere() {
        let command = speak(super::super::Cli::command(), Lang::En);
        let shown = |name: &str| {
            let sub = command.find_subcommand(name).unwrap();
            sub.get_arguments().any(|arg| arg.get_id() == "tls_cert" && !arg.is_hide_set())
        };
        assert!(shown("serve") && shown("config") && !shown("backup"));
    }
}
