//! Where each row of a group stands written, and when it holds: its own words, else the group's, else what holds for all
//! rows of its kind.

use super::{
    file::{Book, Group},
    row::Row,
};
use crate::{
    codes::Day,
    suz::group_form::{FormField, RuleName, RuleOrigin, Validity},
};

fn give<T>(rows: &mut [Row<T>], from: Option<Day>, until: Option<Day>) {
    for row in rows {
        row.from = row.from.or(from);
        row.until = row.until.or(until);
    }
}

impl Group {
    /// Gives the days of the group to those rows that name none.
    pub(super) fn inherit(&mut self) {
        let (from, until) = (self.from, self.until);
        give(&mut self.templates, from, until);
        give(&mut self.cis_types, from, until);
        give(&mut self.releases, from, until);
        give(&mut self.fields, from, until);
        give(&mut self.producer, from, until);
        give(self.payment.as_mut_slice(), from, until);
        give(self.unused.as_mut_slice(), from, until);
        for flag in [
            &mut self.release_required,
            &mut self.reports_itself,
            &mut self.own_key,
            &mut self.whole_serials,
        ] {
            give(std::slice::from_mut(flag), from, until);
        }
    }
}

impl Book {
    /// Every row of a group.
    pub(super) fn origins(&self, group: &Group) -> Vec<RuleOrigin> {
        let mut origins = Vec::new();
        self.rows(group, "templates", &group.templates, &mut origins, |one| {
            RuleName::Template(one.id)
        });
        self.rows(group, "cis_types", &group.cis_types, &mut origins, |one| {
            RuleName::CisType(one.clone())
        });
        self.rows(group, "releases", &group.releases, &mut origins, |one| {
            RuleName::Release(one.method().clone(), one.payment_group())
        });
        let flag = std::slice::from_ref::<Row<bool>>;
        self.rows(
            group,
            "release_required",
            flag(&group.release_required),
            &mut origins,
            |_| RuleName::ReleaseRequired,
        );
        self.fields(group, &mut origins);
        self.rows(group, "producer", &group.producer, &mut origins, |one| {
            RuleName::Producer(one.clone())
        });
        self.rows(
            group,
            "payment",
            group.payment.as_slice(),
            &mut origins,
            |_| RuleName::Payment,
        );
        self.rows(
            group,
            "unused",
            group.unused.as_slice(),
            &mut origins,
            |_| RuleName::Unused,
        );
        self.rows(
            group,
            "reports_itself",
            flag(&group.reports_itself),
            &mut origins,
            |_| RuleName::ReportsItself,
        );
        self.rows(group, "own_key", flag(&group.own_key), &mut origins, |_| {
            RuleName::OwnKey
        });
        self.rows(
            group,
            "whole_serials",
            flag(&group.whole_serials),
            &mut origins,
            |_| RuleName::OwnSerials,
        );
        origins
    }

    fn fields(&self, group: &Group, origins: &mut Vec<RuleOrigin>) {
        for row in &group.fields {
            let field: FormField = row.says.parts().0;
            let of_field = self
                .field
                .get(field.as_str())
                .and_then(|known| known.source.as_ref());
            let section = row.source.as_ref().or(of_field).unwrap_or(&group.source);
            origins.push(origin(RuleName::Field(field), section, row));
        }
    }

    fn rows<T>(
        &self,
        group: &Group,
        kind: &str,
        rows: &[Row<T>],
        origins: &mut Vec<RuleOrigin>,
        name: impl Fn(&T) -> RuleName,
    ) {
        let of_kind = self.sections.get(kind).unwrap_or(&group.source);
        let read = rows
            .iter()
            .map(|row| origin(name(&row.says), row.source.as_ref().unwrap_or(of_kind), row));
        origins.extend(read);
    }
}

fn origin<T>(rule: RuleName, section: &str, row: &Row<T>) -> RuleOrigin {
    let validity = match (row.from, row.until) {
        (None, None) => Validity::WholeEdition,
        (from, until) => Validity::Days { from, until },
    };
    RuleOrigin {
        rule,
        section: section.to_owned(),
        validity,
    }
}
