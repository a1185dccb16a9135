//! The client against a scripted server, call by call, and against the living stand-in.

#[cfg(test)]
mod auth_token;
#[cfg(test)]
mod boxes;
#[cfg(test)]
mod budget;
#[cfg(test)]
mod campaigns;
#[cfg(test)]
mod cost;
#[cfg(test)]
mod countries;
#[cfg(test)]
mod doubles;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod identifiers;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod returns;
#[cfg(test)]
mod shipping;
#[cfg(test)]
mod stand_in;
#[cfg(test)]
mod status;
#[cfg(test)]
mod stub;
#[cfg(test)]
mod verification;
