//! The program from outside: its commands, and a server they are handed to.

mod commands;
mod hand_over;
mod log;
mod menpai;
mod postgres;
