//! The client against a scripted server, call by call, and against the living stand-in.

#[cfg(test)]
mod auth_token;
#[cfg(test)]
mod campaigns;
#[cfg(test)]
mod countries;
#[cfg(test)]
mod doubles;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod identifiers;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod stand_in;
#[cfg(test)]
mod stub;
