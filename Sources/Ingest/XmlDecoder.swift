import Diagnostics

/// Reads documents whose rows are elements at one path.
///
/// A document with the right root and no such element has no rows. A row is told by the line where
/// it begins. A path that leads to several elements or attributes of a row rejects it: which of them
/// is meant is not for us to say. So does a value other than a text that another element breaks.
///
/// - Note: Clear identifiers pass through here.
final class XmlDecoder: DocumentDecoder {
  private let layout: XmlLayout
  private var reader: XMLTreeReader
  private let file: Int
  private var row: XMLRow

  init(
    _ input: XMLInput,
    layout: XmlLayout,
    schema: XMLSchema?,
    path: String,
    file: Int
  ) throws(IngestError) {
    self.layout = layout
    self.file = file
    reader = try XMLTreeReader(
      input,
      tree: layout.tree,
      schema: schema,
      path: path,
      strange: .root(expected: layout.root)
    )
    row = XMLRow(mixed: layout.mixed, unbroken: layout.unbroken)
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    let firstRow = rows.rows.count
    let facts = rows.facts.count
    rows.facts.append(FileFacts(file: file))
    var isDone = true
    while let stop = try reader.next() {
      switch stop {
      case .start(let node): begin(node, &rows.bytes)
      case .text(let node):
        guard row.takeText(layout.slots[node], of: reader, &rows.bytes) else {
          throw reader.refuse(.textLength(limit: reader.textLimit))
        }
      case .end(let node):
        if layout.slots[node] >= 0 { row.endText(layout.slots[node], &rows.bytes) }
        guard node == layout.record else { continue }
        end(&rows)
        isDone = !rows.isFull(byteLimit)
      }
      if !isDone { break }
    }
    rows.facts[facts].rowCount = rows.rows.count - firstRow
    return isDone
  }

  private func begin(_ node: Int, _ bytes: inout [UInt8]) {
    if node == layout.record { row.begin(line: reader.line, at: bytes.count) }
    if !layout.attributes[node].isEmpty && reader.hasAttributes {
      for attribute in layout.attributes[node] {
        row.takeAttribute(
          attribute.slot,
          attribute.name,
          space: attribute.space,
          of: reader,
          &bytes
        )
      }
    }
    if layout.slots[node] >= 0 { row.beginText(layout.slots[node], bytes) }
  }

  private func end(_ rows: inout DocumentRows) {
    let (fault, column) = row.fault(in: layout.columnSlots)
    for slot in layout.columnSlots { rows.values.append(row.values[slot]) }
    rows.rows.append(
      DocumentRows.Row(file: file, line: row.line, fault: fault, faultColumn: column)
    )
  }
}
