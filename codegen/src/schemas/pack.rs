//! Encodes types as bytes without pointers.
//!
//! Numbers are LEB128. Strings and lists are written once and referenced by their offset:
//!
//! ```text
//! bytes    = table offset (u32), then strings, lists and nodes, then the table: offset (u32) of each node
//! string   = length, UTF-8
//! list     = count, numbers
//! node     = head (u8): kind in bits 0..3, then NAME, FORMAT, VALUES, LIMITS, VARIANTS
//!            [name] [format] [list of values]
//!            [present limits (u8): bits minimum, maximum, default; their strings]
//!            array, map: node
//!            object: [discriminator or 0, count, (list of values, node)*]
//!                    count, (name, flags (u8), [list of variants], node)*
//! ```

use std::collections::HashMap;

use super::node::{Field, Node, Object, Shape};

const HAS_NAME: u8 = 1 << 3;
const HAS_FORMAT: u8 = 1 << 4;
const HAS_VALUES: u8 = 1 << 5;
const HAS_LIMITS: u8 = 1 << 6;
const HAS_VARIANTS: u8 = 1 << 7;

/// Bit of a field's flags: only some variants have the field.
const SOME_VARIANTS: u8 = 1 << 6;

/// Packs the nodes. The number of a node is its index in the table.
pub(super) fn pack(nodes: &[Node]) -> Vec<u8> {
    let mut packer = Packer {
        bytes: vec![0; 4],
        known: HashMap::new(),
    };
    let offsets: Vec<u32> = nodes.iter().map(|node| packer.node(node)).collect();
    let table = packer.offset();
    packer.bytes[..4].copy_from_slice(&table.to_le_bytes());
    for offset in offsets {
        packer.bytes.extend(offset.to_le_bytes());
    }
    packer.bytes
}

struct Packer {
    bytes: Vec<u8>,
    /// Offsets of strings and lists, by their bytes.
    known: HashMap<Vec<u8>, u32>,
}

impl Packer {
    fn offset(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }

    /// Writes bytes that are new, and returns their offset.
    fn intern(&mut self, bytes: Vec<u8>) -> u32 {
        if let Some(offset) = self.known.get(&bytes) {
            return *offset;
        }
        let offset = self.offset();
        self.bytes.extend_from_slice(&bytes);
        self.known.insert(bytes, offset);
        offset
    }

    fn string(&mut self, text: &str) -> u32 {
        let mut bytes = Vec::new();
        put(&mut bytes, length(text.as_bytes()));
        bytes.extend_from_slice(text.as_bytes());
        self.intern(bytes)
    }

    fn list(&mut self, numbers: &[u32]) -> u32 {
        let mut bytes = Vec::new();
        put(&mut bytes, length(numbers));
        for number in numbers {
            put(&mut bytes, *number);
        }
        self.intern(bytes)
    }

    fn strings(&mut self, texts: &[String]) -> u32 {
        let offsets: Vec<u32> = texts.iter().map(|text| self.string(text)).collect();
        self.list(&offsets)
    }

    /// Writes a node and returns its offset.
    fn node(&mut self, node: &Node) -> u32 {
        let mut record = vec![kind(&node.shape)];
        let mut head = 0;
        for (bit, text) in [(HAS_NAME, &node.name), (HAS_FORMAT, &node.format)] {
            if let Some(text) = text {
                head |= bit;
                put(&mut record, self.string(text));
            }
        }
        if !node.values.is_empty() {
            head |= HAS_VALUES;
            put(&mut record, self.strings(&node.values));
        }
        let limits = [&node.minimum, &node.maximum, &node.default];
        if limits.iter().any(|limit| limit.is_some()) {
            head |= HAS_LIMITS;
            let present = (0..).zip(limits).filter(|(_, limit)| limit.is_some());
            record.push(present.fold(0, |bits, (bit, _)| bits | 1 << bit));
            for limit in limits.into_iter().flatten() {
                put(&mut record, self.string(limit));
            }
        }
        match &node.shape {
            Shape::Array(inner) | Shape::Map(inner) => put(&mut record, *inner),
            Shape::Object(object) => {
                if !object.variants.is_empty() {
                    head |= HAS_VARIANTS;
                }
                self.object(&mut record, object);
            }
            _ => {}
        }
        record[0] |= head;
        let offset = self.offset();
        self.bytes.append(&mut record);
        offset
    }

    fn object(&mut self, record: &mut Vec<u8>, object: &Object) {
        if !object.variants.is_empty() {
            let discriminator = object.discriminator.as_deref();
            put(record, discriminator.map_or(0, |name| self.string(name)));
            put(record, length(&object.variants));
            for variant in &object.variants {
                put(record, self.strings(&variant.values));
                put(record, variant.node);
            }
        }
        put(record, length(&object.fields));
        for field in &object.fields {
            self.field(record, field);
        }
    }

    fn field(&mut self, record: &mut Vec<u8>, field: &Field) {
        put(record, self.string(&field.name));
        if field.variants.is_empty() {
            record.push(field.flags.0);
        } else {
            record.push(field.flags.0 | SOME_VARIANTS);
            put(record, self.list(&field.variants));
        }
        put(record, field.node);
    }
}

fn kind(shape: &Shape) -> u8 {
    match shape {
        Shape::Any => 0,
        Shape::String => 1,
        Shape::Integer => 2,
        Shape::Number => 3,
        Shape::Boolean => 4,
        Shape::Array(_) => 5,
        Shape::Map(_) => 6,
        Shape::Object(_) => 7,
    }
}

fn length<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// Appends a number as LEB128.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_equal_strings_once() {
        let node = |name: &str| Node {
            name: Some(name.to_owned()),
            ..Node::default()
        };

        let once = pack(&[node("Cluster")]).len();
        let twice = pack(&[node("Cluster"), node("Cluster")]).len();

        // Head, offset of the name, and an entry of the table.
        assert_eq!(twice - once, 6);
    }

    #[test]
    fn encodes_numbers_as_leb128() {
        let mut bytes = Vec::new();

        put(&mut bytes, 127);
        put(&mut bytes, 300);

        assert_eq!(bytes, [0x7f, 0xac, 0x02]);
    }
}
