//! `menpai`: the business system of a second-hand-housing brokerage, in one program.

mod command;
mod config;
mod http;

use command::Ending;
use std::process::ExitCode;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ending = match runtime {
        Ok(runtime) => {
            let ending = runtime.block_on(command::run());
            // Work on files whose command is gone is not waited for.
            runtime.shutdown_background();
            ending
        }
        Err(error) => Ending::fault(error),
    };
    ending.print();
    ExitCode::from(ending.code)
}
