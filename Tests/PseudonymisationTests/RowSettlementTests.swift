import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("Rows that correct earlier rows")
struct RowSettlementTests {
  @Test("a removal takes the earlier rows of its key and itself", arguments: [false, true])
  func removes(isReversed: Bool) throws {
    var rows = [
      MessageRow(bsn: 1, product: "first", key: "a", order: "1", action: .add),
      MessageRow(bsn: 1, product: "other", key: "b", order: "1", action: .add),
      MessageRow(bsn: 1, product: "first", key: "a", order: "2", action: .remove),
      MessageRow(bsn: 1, product: "later", key: "a", order: "3", action: .add),
    ]
    if isReversed { rows.reverse() }
    let source = try settled([rows])
    #expect(products(source) == ["later", "other"])
    #expect(source.settlement.removedCount == 2)
    #expect(source.settlement.replacedCount == 0)
    #expect(source.settlement.removalsWithoutTarget == 0)
  }

  @Test("a replacement stands in the place of the earlier rows of its key, not of later ones")
  func replaces() throws {
    let source = try settled([
      [
        MessageRow(bsn: 1, product: "after", key: "a", order: "3", action: .add),
        MessageRow(bsn: 1, product: "new", key: "a", order: "2", action: .replace),
      ],
      [MessageRow(bsn: 1, product: "old", key: "a", order: "1", action: .add)],
    ])
    #expect(products(source) == ["after", "new"])
    #expect(source.settlement.replacedCount == 1)
    #expect(source.settlement.removedCount == 0)
  }

  @Test("a removal of what nobody sent is no row, and is counted")
  func countsRemovalsWithoutTarget() throws {
    let source = try settled([
      [
        MessageRow(bsn: 1, product: "x", key: "a", order: "2", action: .remove),
        MessageRow(bsn: 1, product: "late", key: "a", order: "3", action: .add),
      ]
    ])
    #expect(products(source) == ["late"])
    #expect(source.settlement.removalsWithoutTarget == 1)
    #expect(source.settlement.removedCount == 1)
  }

  @Test("what is staged holds no text of a row that was taken back or replaced")
  func forgetsTexts() throws {
    let source = try settled([
      [
        MessageRow(bsn: 1, product: "wrong person", key: "a", order: "1", action: .add),
        MessageRow(bsn: 1, product: "stands", key: "b", order: "1", action: .add),
        MessageRow(bsn: 1, product: "wrong person", key: "a", order: "2", action: .remove),
      ],
      [
        MessageRow(bsn: 1, product: "corrected", key: "c", order: "2", action: .replace),
        MessageRow(bsn: 1, product: "misread", key: "c", order: "1", action: .add),
      ],
    ])
    #expect(products(source) == ["corrected", "stands"])
    #expect(source.staged.unusedTexts.isEmpty)
    for group in source.staged.groups {
      guard case .codes(_, let texts)? = group.rows.table["product"] else { continue }
      #expect(texts == ["corrected", "stands"])
    }
    let gone = try settled([
      [
        MessageRow(bsn: 1, product: "wrong", key: "a", order: "1", action: .add),
        MessageRow(bsn: 1, product: "wrong", key: "a", order: "2", action: .remove),
      ]
    ])
    #expect(gone.staged.unusedTexts.isEmpty)
  }

  @Test("an identity whose rows are all gone is none")
  func forgetsIdentities() throws {
    let source = try settled([
      [
        MessageRow(bsn: 100_000_009, product: "x", key: "a", order: "1", action: .add),
        MessageRow(bsn: 100_000_009, product: "x", key: "a", order: "2", action: .remove),
        MessageRow(bsn: 100_000_010, product: "y", key: "b", order: "1", action: .add),
      ]
    ])
    #expect(source.staged.identities.rowCount == 1)
  }

  @Test(
    "which rows stand follows from keys, orders and values, not from files and chunks",
    arguments: 0..<150 as Range<UInt64>
  )
  func agreesWithPlainRules(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let keyCount = Int.random(in: 1...6, using: &random)
    let rows = (0..<Int.random(in: 0...60, using: &random)).map { number in
      let order = Int.random(in: 0...5, using: &random)
      return MessageRow(
        bsn: [100_000_009, 100_000_010][Int.random(in: 0...1, using: &random)],
        // Now and then two rows that differ in nothing.
        product: "p\(number % 20)",
        key: "key\(Int.random(in: 0..<keyCount, using: &random))",
        // Texts of unequal length: "1" comes before "10", which comes before "2".
        order: ["1", "10", "2", "20260101", "20260101x", ""][order],
        action: [.add, .replace, .remove][Int.random(in: 0...2, using: &random)]
      )
    }
    let plain = PlainCorrections(rows)
    var outcomes: Set<[String]> = []
    for _ in 0..<3 {
      let shuffled = rows.shuffled(using: &random)
      var chunks: [[MessageRow]] = [[]]
      for row in shuffled {
        if Int.random(in: 0..<8, using: &random) == 0 { chunks.append([]) }
        chunks[chunks.count - 1].append(row)
      }
      let source = try settled(chunks)
      outcomes.insert(products(source))
      #expect(products(source).count == plain.standingCount, "seed \(seed)")
      #expect(source.staged.unusedTexts.isEmpty, "seed \(seed)")
      #expect(source.settlement.replacedCount == plain.replaced, "seed \(seed)")
      #expect(source.settlement.removedCount == plain.removed, "seed \(seed)")
      #expect(source.settlement.removalsWithoutTarget == plain.untargeted, "seed \(seed)")
      if let products = plain.products {
        #expect(self.products(source) == products, "seed \(seed)")
      }
    }
    #expect(outcomes.count == 1, "seed \(seed)")
  }

  @Test("keys are hashed under the root, the source and the release")
  func keysAreBound() throws {
    let night = try SmallNight(text: CorrectingNight.text)
    let scope = try night.pseudonymiser("support").memos.scope
    let other = try night.pseudonymiser("support", key: 8).memos.scope
    let released = try night.pseudonymiser("support", release: "next").memos.scope
    var makers: [Token] = []
    for (source, scope) in [
      ("support", scope), ("care", scope), ("support", other), ("support", released),
    ] {
      var maker = try CorrectionKeyMaker(source: source, scope: scope)
      makers.append(try maker.key(of: Array("key".utf8)[...]))
      #expect(try maker.key(of: Array("key".utf8)[...]) == makers.last)
    }
    #expect(Set(makers).count == 4)
  }

  private func settled(_ chunks: [[MessageRow]]) throws -> SettledSource {
    let pseudonymiser = try SmallNight(text: CorrectingNight.text).pseudonymiser("support")
    return try SettledSource(pseudonymiser, chunks.map { ClearBatch($0, pseudonymiser.plan) })
  }

  private func products(_ source: SettledSource) -> [String] {
    source.staged.groups.flatMap { group -> [String] in
      guard case .codes(let codes, let texts)? = group.rows.table["product"] else { return [] }
      return codes.map { $0 < 0 ? "" : texts[Int($0)] }
    }
    .sorted()
  }
}

/// The same rules, one row after the other, with whole texts.
private struct PlainCorrections {
  var replaced = 0
  var removed = 0
  var untargeted = 0
  var standingCount = 0
  /// Sorted; nil where rows of equal key and order differ, so that their values decide.
  var products: [String]? = []

  init(_ rows: [MessageRow]) {
    for key in Set(rows.map(\.key)) {
      let rank: [RowCorrection.Action: Int] = [.remove: 0, .replace: 1, .add: 2]
      let steps = rows.filter { $0.key == key }.sorted { left, right in
        left.order == right.order
          ? rank[left.action, default: 0] < rank[right.action, default: 0]
          : Array(left.order.utf8).lexicographicallyPrecedes(Array(right.order.utf8))
      }
      var standing: [MessageRow] = []
      for row in steps {
        switch row.action {
        case .add: standing.append(row)
        case .replace:
          replaced += standing.count
          standing = [row]
        case .remove:
          if standing.isEmpty { untargeted += 1 }
          removed += standing.count + 1
          standing = []
        }
      }
      standingCount += standing.count
      let ties = steps.filter { $0.action == .replace }
      if Set(ties.map(\.order)).count < ties.count { products = nil }
      products?.append(contentsOf: standing.map(\.product))
    }
    products?.sort()
  }
}
