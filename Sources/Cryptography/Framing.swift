/// Texts joined so that no two lists give the same bytes: each after its length, two bytes,
/// big-endian.
///
/// An empty field is an error: a forgotten scope must not quietly widen a key.
///
/// - Throws: `emptyField`, `longField`, with the number of the field from 0.
package func framed(_ fields: [String]) throws(CryptographyError) -> [UInt8] {
  var bytes: [UInt8] = []
  for (number, field) in fields.enumerated() {
    let count = field.utf8.count
    guard count > 0 else { throw .emptyField(field: number) }
    guard let short = UInt16(exactly: count) else { throw .longField(field: number) }
    bytes.append(UInt8(short >> 8))
    bytes.append(UInt8(short & 0xFF))
    bytes.append(contentsOf: field.utf8)
  }
  return bytes
}
