//! Reading a JSON body field by field, with the Market's words for what is wrong.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::refusal::Refusal;

/// A place in the body: its path, and the value when it is there and not `null`.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    path: String,
    value: Option<&'a Value>,
}

impl<'a> Field<'a> {
    /// The whole body.
    pub(super) fn root(value: &'a Value) -> Self {
        Self {
            path: String::new(),
            value: Some(value),
        }
    }

    /// Where it is, for example `items[0].id`.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// A member of this object; one that is absent or `null` is an empty place.
    pub(super) fn member(&self, name: &str) -> Result<Self, Refusal> {
        let path = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        let value = match self.value {
            None => None,
            Some(Value::Object(members)) => members.get(name).filter(|value| !value.is_null()),
            Some(_) => return Err(Refusal::illegal_input(&self.path)),
        };
        Ok(Self { path, value })
    }

    /// Refuses an empty place.
    pub(super) fn required(self) -> Result<Self, Refusal> {
        if self.value.is_some() {
            return Ok(self);
        }
        let path = self.path;
        Err(Refusal::bad_request(format!(
            "'{path}' must not be null (rejected value: null)"
        )))
    }

    /// The value as a type that serde knows.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<Option<T>, Refusal> {
        self.value
            .map(|value| T::deserialize(value).map_err(|_| Refusal::illegal_input(&self.path)))
            .transpose()
    }

    /// A value that must be there.
    pub(super) fn read_required<T: DeserializeOwned>(self) -> Result<T, Refusal> {
        let present = self.required()?;
        present
            .read()?
            .ok_or_else(|| Refusal::illegal_input(&present.path))
    }

    /// The elements of an array, none of which may be `null`.
    pub(super) fn elements(&self) -> Result<Option<Vec<Self>>, Refusal> {
        let values = match self.value {
            None => return Ok(None),
            Some(Value::Array(values)) => values,
            Some(_) => return Err(Refusal::illegal_input(&self.path)),
        };
        if values.iter().any(Value::is_null) {
            let path = &self.path;
            return Err(Refusal::bad_request(format!(
                "'{path}' elements must be not null (rejected value: 'null')"
            )));
        }
        let elements = values.iter().enumerate().map(|(index, value)| Self {
            path: format!("{}[{index}]", self.path),
            value: Some(value),
        });
        Ok(Some(elements.collect()))
    }

    /// The elements of an array that must be there and hold `least` to `most` of them.
    pub(super) fn sized(self, least: usize, most: usize) -> Result<Vec<Self>, Refusal> {
        let present = self.required()?;
        let elements = present.elements()?.unwrap_or_default();
        present.check_size(elements.len(), least, most)?;
        Ok(elements)
    }

    fn check_size(&self, size: usize, least: usize, most: usize) -> Result<(), Refusal> {
        if (least..=most).contains(&size) {
            return Ok(());
        }
        Err(Refusal::bad_request(format!(
            "'{}' size must be between '{least}' and '{most}' (rejected size: '{size}')",
            self.path
        )))
    }

    /// A whole number that must be there and not be less than `least`.
    pub(super) fn count(self, least: u32) -> Result<u32, Refusal> {
        let path = self.path.clone();
        let value: i32 = self.read_required()?;
        match u32::try_from(value) {
            Ok(count) if count >= least => Ok(count),
            _ => Err(Refusal::bad_request(format!(
                "'{path}' must be greater than or equal to '{least}' (rejected value: '{value}')"
            ))),
        }
    }

    /// The value when it is there.
    pub(super) fn present(self) -> Option<Self> {
        self.value.is_some().then_some(self)
    }

    /// A filter: absent, or a list of 1 to `most` different values.
    pub(super) fn filter<T: DeserializeOwned + PartialEq>(
        &self,
        most: usize,
    ) -> Result<Option<Vec<T>>, Refusal> {
        let Some(elements) = self.elements()? else {
            return Ok(None);
        };
        let path = &self.path;
        self.check_size(elements.len(), 1, most)?;
        let mut values: Vec<T> = Vec::with_capacity(elements.len());
        for element in elements {
            let value = element.read_required()?;
            if values.contains(&value) {
                return Err(Refusal::bad_request(format!(
                    "'{path}' elements must be unique"
                )));
            }
            values.push(value);
        }
        Ok(Some(values))
    }
}

/// A body that must be a JSON document.
pub(super) fn parse(body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Err(Refusal::bad_request("Required request body is missing"));
    }
    serde_json::from_slice(body).map_err(|error| {
        if error.is_eof() {
            Refusal::bad_request("Unexpected end of content")
        } else {
            Refusal::bad_request(format!("JSON: {error}"))
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn words(refusal: &Refusal) -> String {
        refusal.errors[0].message.clone()
    }

    #[test]
    fn a_wrong_type_is_named_by_its_path() {
        let body = json!({ "items": [{ "id": "7" }] });
        let items = Field::root(&body).member("items").unwrap();
        let first = items.elements().unwrap().unwrap().remove(0);
        let refusal = first
            .member("id")
            .unwrap()
            .read_required::<i64>()
            .unwrap_err();
        assert_eq!(words(&refusal), "Illegal input at 'items[0].id'");
    }

    #[test]
    fn an_empty_filter_is_refused() {
        let body = json!({ "orderIds": [] });
        let field = Field::root(&body).member("orderIds").unwrap();
        assert_eq!(
            words(&field.filter::<i64>(50).unwrap_err()),
            "'orderIds' size must be between '1' and '50' (rejected size: '0')"
        );
    }

    #[test]
    fn a_cut_body_is_told_from_a_wrong_one() {
        assert_eq!(
            words(&parse(b"{\"items\":[").unwrap_err()),
            "Unexpected end of content"
        );
        assert!(words(&parse(b"items").unwrap_err()).starts_with("JSON: "));
    }
}
