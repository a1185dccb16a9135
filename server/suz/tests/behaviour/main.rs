//! The client against a scripted stand-in, call by call.

#[cfg(test)]
mod calls;
#[cfg(test)]
mod doubles;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod stand_in;
