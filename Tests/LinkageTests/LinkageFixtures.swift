import Diagnostics
import Linkage
import TestSupport

@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

/// A staged table of plain records; `bsn`, `surname` and `birth_date` are tokens.
func staged(_ records: [PlainRecord], _ columns: [String]) -> PseudonymisedTable {
  let built = columns.map { name -> Column in
    let texts = records.map { $0[name] }
    switch name {
    case "birth_date_year":
      return .integers(texts.map { $0.flatMap(Int64.init) ?? missingInteger }, .year)
    case "sex", "postcode_pc4":
      // Each table has a dictionary of its own.
      let dictionary = Set(texts.compactMap(\.self)).sorted()
      let codes = texts.map { text in
        dictionary.firstIndex { $0 == text }.map(Int32.init) ?? missingCode
      }
      return .codes(codes, dictionary: dictionary)
    default:
      return .tokens(TokenColumn(texts.map { $0.map(token) ?? .missing }))
    }
  }
  return PseudonymisedTable(
    vouchingFor: Table(names: columns, columns: built, rowCount: records.count)
  )
}

/// A token that is the same for the same text.
func token(_ text: String) -> Token {
  var high: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { high = (high ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return Token(high: high, low: high &* 31 &+ 7)
}

/// An exact pass, with or without a veto.
func pass(_ on: [String], unless differ: [String] = []) -> ExactPass {
  ExactPass(
    on: on,
    unless: differ.isEmpty ? nil : Veto(differ: differ),
    place: Place(file: "test.yaml")
  )
}

/// Links by passes alone.
func linkExactly(
  spine: PseudonymisedTable,
  source: PseudonymisedTable,
  rowCounts: [Int32],
  passes: [ExactPass],
  assignment: Assignment
) throws(LinkageError) -> (links: Links, report: LinkReport) {
  let stage = LinkStage(
    spine: "register",
    exact: passes,
    probabilistic: nil,
    assign: ["clients": assignment],
    unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
  )
  return try link(
    spine: ComparedSide(spine),
    source: ComparedSide(source),
    rowCounts: rowCounts,
    by: stage,
    source: "clients",
    workers: 2
  )
}

let allColumns = ["bsn", "surname", "birth_date", "birth_date_year", "sex", "postcode_pc4"]

/// Records of few values, so that they meet often; one in six is missing.
func randomRecords(_ count: Int, random: inout SeededGenerator) -> [PlainRecord] {
  (0..<count).map { _ in
    var record: PlainRecord = [:]
    for column in allColumns where Int.random(in: 0..<6, using: &random) > 0 {
      let variety =
        switch column {
        case "bsn": 20
        case "sex": 2
        default: 5
        }
      record[column] = String(Int.random(in: 1...variety, using: &random))
    }
    return record
  }
}
