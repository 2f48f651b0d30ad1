//! What the generated bindings are made of: they begin with `use crate::generated::*`.

pub(crate) use std::collections::BTreeMap;

pub(crate) use serde_json::Value;

pub(crate) use crate::{
    names::{id, open_enum},
    request::{
        Advance, Bound, Code, End, ErrorKind, Gate, Inject, Injected, Limit, Method, Need, Paged, Paging, Request,
        Since,
    },
    types::*,
    wire::{Base64, Date, DateTime, DecodeError, FromNode, Node, Params, ToValue, Untyped, yes_no},
};
