import Diagnostics
import Tabular

/// Reads a contract by itself, outside any pipeline.
package enum ContractLoader {
  /// Checks the bytes of a contract file.
  ///
  /// - Parameters:
  ///   - bytes: of the contract.
  ///   - path: what messages call it; paths in it are relative to its folder.
  ///   - files: a path, taken literally, that the source shall read.
  /// - Returns: a source that reads those files as the contract says.
  /// - Throws: every fault at once, in file order.
  package static func source(
    bytes: [UInt8],
    path: String,
    files: String
  ) throws(PipelineFileError) -> Source {
    var faults = FaultList()
    let file = faults.add(SourceText(path: path, bytes: bytes))
    guard let root = YAMLReading.root(of: file, &faults) else { throw .faulty(faults.errors) }
    var check = StructureCheck(faults: faults, variables: Variables(settings: [:]))
    let context = StructureCheck.Context(noun: "the contract", place: root.span)
    let contract = check.check(root, as: .mapping(ContractDefinition.root), context)
    let domain = CheckedValue(
      content: .text(VariableText(verbatim: "contract")),
      span: root.span,
      place: root.span
    )
    let literal = CheckedValue(
      content: .text(VariableText(verbatim: FaultList.literal(files))),
      span: root.span,
      place: root.span
    )
    let bare = CheckedEntry(
      name: "contract",
      keySpan: root.span,
      value: CheckedValue(
        content: .mapping([
          CheckedEntry(name: "domain", keySpan: root.span, value: domain),
          CheckedEntry(name: "files", keySpan: root.span, value: literal),
        ]),
        span: root.span,
        place: root.span
      )
    )
    var merge = ContractMerge(source: "contract", faults: check.faults)
    let whole = merge.merged(contract, into: bare)
    let empty = CheckedValue(content: .mapping([]), span: root.span, place: root.span)
    var reading = PipelineReading(root: empty, period: nil, faults: merge.faults)
    let source = reading.source(whole).source
    guard reading.faults.errors.isEmpty, let source else {
      throw .faulty(reading.faults.errors)
    }
    return source
  }
}
