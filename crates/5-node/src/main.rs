//! The front door: the `planet` program. Reads the command line and hands over; what commands do is in their modules.

mod about;
mod api;
mod args;
mod assets;
mod books;
mod client;
mod demo;
mod errors;
mod home;
mod house;
mod node_key;
mod openapi;
mod recount;
mod router;
mod serve;
mod settings;
#[cfg(test)]
mod tests;
mod trial;
mod verify;
mod verify_receipt;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The program could not start its threads: {error}");
            return ExitCode::from(errors::BROKEN);
        }
    };
    match runtime.block_on(run(args)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

async fn run(args: args::Args) -> Result<ExitCode, errors::NodeError> {
    match args.command {
        None => serve::serve(args.serve).await,
        Some(args::Command::Serve(serve)) => serve::serve(*serve).await,
        Some(args::Command::Demo(town)) => demo::demo(town).await,
        Some(args::Command::Verify(verify)) => verify::verify(verify).await,
        Some(args::Command::Recount(what)) => recount::recount(what.file),
        Some(args::Command::Login(club)) => client::login(club).await,
        Some(args::Command::Pay(pay)) => client::pay(pay).await,
        Some(args::Command::Post(post)) => client::post(post).await,
        Some(args::Command::Import(what)) => client::import(what).await,
        Some(args::Command::Version) => {
            println!("planet {}", env!("CARGO_PKG_VERSION"));
            Ok(ExitCode::SUCCESS)
        }
    }
}
