//! Reads the packed types of bodies and parameters.
//!
//! `codegen/src/schemas/pack.rs` writes the bytes and describes their format. A lookup decodes one record. The build
//! generates the bytes for this code, so a read out of bounds returns zero instead of an error.

/// The packed types of all operations.
static PACKED_SCHEMAS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/schemas.bin"));

const HAS_NAME: u8 = 1 << 3;
const HAS_FORMAT: u8 = 1 << 4;
const HAS_VALUES: u8 = 1 << 5;
const HAS_LIMITS: u8 = 1 << 6;
const HAS_VARIANTS: u8 = 1 << 7;

/// The flags of a field.
pub(super) mod flags {
    pub(crate) const REQUIRED: u8 = 1;
    pub(crate) const READ_ONLY: u8 = 1 << 1;
    pub(crate) const WRITE_ONLY: u8 = 1 << 2;
    pub(crate) const SECRET: u8 = 1 << 3;
    pub(crate) const DEPRECATED: u8 = 1 << 4;
    pub(crate) const NULLABLE: u8 = 1 << 5;
    pub(super) const SOME_VARIANTS: u8 = 1 << 6;
}

/// The kind of a type, without its inner types.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Any,
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Map,
    Object,
}

/// A type with packed members.
pub(super) struct Node {
    pub(super) tag: Tag,
    pub(super) name: Option<&'static str>,
    pub(super) format: Option<&'static str>,
    pub(super) values: List,
    pub(super) minimum: Option<&'static str>,
    pub(super) maximum: Option<&'static str>,
    pub(super) default: Option<&'static str>,
    has_variants: bool,
    /// The position of the inner type, or of the variants and fields.
    members: Reader,
}

/// The packed members of an object.
pub(super) struct Members {
    pub(super) discriminator: Option<&'static str>,
    pub(super) variants: Entries,
    pub(super) fields: Entries,
}

/// Consecutive records of one kind.
#[derive(Clone, Copy)]
pub(super) struct Entries {
    pub(super) count: u32,
    pub(super) reader: Reader,
}

/// A packed field.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) flags: u8,
    /// The indices of the variants that have the field; empty if all variants have it.
    pub(super) variants: List,
    pub(super) node: u32,
}

/// A packed variant.
#[derive(Clone, Copy)]
pub(super) struct Variant {
    pub(super) values: List,
    pub(super) node: u32,
}

impl Node {
    /// Reads a type.
    pub(super) fn read(number: u32) -> Self {
        let table = read_u32(0);
        let mut reader = Reader(read_u32(table.saturating_add(number.saturating_mul(4))));
        let head = reader.byte();
        let name = (head & HAS_NAME != 0).then(|| reader.text());
        let format = (head & HAS_FORMAT != 0).then(|| reader.text());
        let values = if head & HAS_VALUES == 0 {
            List::EMPTY
        } else {
            reader.list()
        };
        let present = if head & HAS_LIMITS == 0 {
            0
        } else {
            reader.byte()
        };
        let [minimum, maximum, default] =
            [0, 1, 2].map(|bit| (present >> bit & 1 == 1).then(|| reader.text()));
        Self {
            tag: match head & 7 {
                1 => Tag::String,
                2 => Tag::Integer,
                3 => Tag::Number,
                4 => Tag::Boolean,
                5 => Tag::Array,
                6 => Tag::Map,
                7 => Tag::Object,
                _ => Tag::Any,
            },
            name,
            format,
            values,
            minimum,
            maximum,
            default,
            has_variants: head & HAS_VARIANTS != 0,
            members: reader,
        }
    }

    /// Returns the number of the type of items or values.
    pub(super) fn inner(&self) -> u32 {
        let mut reader = self.members;
        reader.number()
    }

    /// Returns the members of an object; other types have none.
    pub(super) fn members(&self) -> Members {
        let mut reader = self.members;
        let mut members = Members {
            discriminator: None,
            variants: Entries::EMPTY,
            fields: Entries::EMPTY,
        };
        if self.tag != Tag::Object {
            return members;
        }
        if self.has_variants {
            let discriminator = reader.number();
            members.discriminator = (discriminator != 0).then(|| read_text(discriminator));
            members.variants = reader.entries();
            for _ in 0..members.variants.count {
                reader.variant();
            }
        }
        members.fields = reader.entries();
        members
    }
}

impl Entries {
    pub(super) const EMPTY: Self = Self {
        count: 0,
        reader: Reader(0),
    };

    /// Reads the next record.
    pub(super) fn next<T>(&mut self, read: impl FnOnce(&mut Reader) -> T) -> Option<T> {
        self.count = self.count.checked_sub(1)?;
        Some(read(&mut self.reader))
    }
}

/// A packed list of numbers.
#[derive(Clone, Copy)]
pub(super) struct List(Entries);

impl List {
    pub(super) const EMPTY: Self = Self(Entries::EMPTY);

    /// Returns the numbers.
    pub(super) fn numbers(self) -> impl ExactSizeIterator<Item = u32> + Clone {
        let mut reader = self.0.reader;
        let count = usize::try_from(self.0.count).unwrap_or_default();
        (0..count).map(move |_| reader.number())
    }

    /// Returns the texts at the offsets in the list.
    pub(super) fn texts(self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        self.numbers().map(read_text)
    }
}

/// The offset of the next value to read.
#[derive(Clone, Copy)]
pub(super) struct Reader(u32);

impl Reader {
    fn byte(&mut self) -> u8 {
        let byte = read_byte(self.0);
        self.0 = self.0.saturating_add(1);
        byte
    }

    /// Reads a number: seven bits per byte, least significant first.
    fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    fn text(&mut self) -> &'static str {
        read_text(self.number())
    }

    fn entries(&mut self) -> Entries {
        let count = self.number();
        Entries {
            count,
            reader: *self,
        }
    }

    fn list(&mut self) -> List {
        List(Self(self.number()).entries())
    }

    pub(super) fn field(&mut self) -> Field {
        let name = self.text();
        let flags = self.byte();
        let is_everywhere = flags & flags::SOME_VARIANTS == 0;
        Field {
            name,
            flags,
            variants: if is_everywhere {
                List::EMPTY
            } else {
                self.list()
            },
            node: self.number(),
        }
    }

    pub(super) fn variant(&mut self) -> Variant {
        Variant {
            values: self.list(),
            node: self.number(),
        }
    }
}

fn read_byte(offset: u32) -> u8 {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    PACKED_SCHEMAS.get(offset).copied().unwrap_or_default()
}

/// Reads four bytes, least significant first.
fn read_u32(offset: u32) -> u32 {
    let bytes = [0, 1, 2, 3].map(|index| read_byte(offset.saturating_add(index)));
    u32::from_le_bytes(bytes)
}

fn read_text(offset: u32) -> &'static str {
    let mut reader = Reader(offset);
    let length = usize::try_from(reader.number()).unwrap_or_default();
    let start = usize::try_from(reader.0).unwrap_or(usize::MAX);
    let bytes = PACKED_SCHEMAS.get(start..start.saturating_add(length));
    bytes
        .and_then(|bytes| str::from_utf8(bytes).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_types_are_smaller_than_their_limit() {
        println!("{} bytes of packed types", PACKED_SCHEMAS.len());

        assert!(
            PACKED_SCHEMAS.len() < 1_500_000,
            "{} bytes",
            PACKED_SCHEMAS.len()
        );
    }

    #[test]
    fn number_out_of_bounds_is_a_type_without_members() {
        let node = Node::read(u32::MAX);

        assert_eq!(node.members().fields.count, 0);
    }
}
