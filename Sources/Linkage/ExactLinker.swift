import PipelineFile
import Tabular

/// The identities of one source on their way through the exact passes.
struct ExactLinker {
  /// Why an identity went on; the strongest is told in the end.
  private struct Doubts: OptionSet {
    let rawValue: UInt8
    static let veto = Doubts(rawValue: 1)
    static let duplicateBSN = Doubts(rawValue: 2)
    static let bsnConflict = Doubts(rawValue: 4)
    static let taken = Doubts(rawValue: 8)
    static let tie = Doubts(rawValue: 16)
    static let judgedDifferent = Doubts(rawValue: 32)
  }

  private let spine: Table
  private let source: Table
  private let bsn: (left: KeyColumn, right: KeyColumn)?
  /// By client: its identities; empty where each links by itself.
  private let fellows: [[Int32]]
  private let clients: [Int32]
  /// Nil when a resident may take any number of clients.
  private var oneToOne: OneToOne?
  private var persons: [Int32]
  private var passes: [Int8]
  private var doubts: [Doubts]
  private var remaining: [Int32]
  /// Vetoed pairs and those judged to be two persons, which are few: resident · 2³² + identity.
  private var barred: Set<UInt64> = []
  /// Pairs that a pass would have linked, but for a veto or two unlike BSNs; each once.
  private(set) var refusedPairs: [AskedPair] = []
  private var conflicted: Set<UInt64> = []

  /// - Parameters:
  ///   - spine: one row a resident.
  ///   - source: one row an identity.
  ///   - clients: by identity, the first identity of its client.
  ///   - sharesResidents: all identities of a client take the resident that the first of them meets.
  ///   - assignment: whether a resident may take several clients.
  init(
    spine: Table,
    source: Table,
    clients: [Int32],
    sharesResidents: Bool,
    assignment: Assignment
  ) {
    self.spine = spine
    self.source = source
    bsn = KeyColumn.pair("bsn", left: spine, right: source)
    let count = source.rowCount
    oneToOne =
      assignment == .oneToOne ? OneToOne(residentCount: spine.rowCount, clients: clients) : nil
    self.clients = clients
    var fellows = [[Int32]](repeating: [], count: sharesResidents ? count : 0)
    if sharesResidents {
      for (identity, client) in clients.enumerated() {
        fellows[Int(client)].append(Int32(identity))
      }
    }
    self.fellows = fellows
    persons = [Int32](repeating: -1, count: count)
    passes = [Int8](repeating: -1, count: count)
    doubts = [Doubts](repeating: [], count: count)
    remaining = (0..<Int32(count)).map { $0 }
  }

  /// One link an identity, as far as the passes have run.
  var links: Links {
    let reasons = persons.indices.map { identity -> UnlinkedReason? in
      if persons[identity] >= 0 { return nil }
      let doubt = doubts[identity]
      if doubt.contains(.judgedDifferent) { return .judgedDifferent }
      if doubt.contains(.veto) { return .veto }
      if doubt.contains(.duplicateBSN) { return .duplicateBSN }
      if doubt.contains(.bsnConflict) { return .bsnConflict }
      if doubt.contains(.taken) { return .taken }
      return doubt.contains(.tie) ? .tie : .noBlock
    }
    return Links(persons: persons, passes: passes, reasons: reasons)
  }

  /// Vetoed pairs and those judged to be two persons: resident · 2³² + identity.
  var barredPairs: Set<UInt64> { barred }

  /// Takes what people judged, before any pass: one person links, two never do.
  mutating func take(_ judged: [JudgedPair], rowCounts: [Int32]) -> LinkReport.Pass {
    var report = LinkReport.Pass()
    for other in judged where !other.isSame {
      barred.insert(
        UInt64(UInt32(bitPattern: other.pair.resident)) << 32
          | UInt64(UInt32(bitPattern: other.pair.identity))
      )
      doubts[Int(other.pair.identity)].insert(.judgedDifferent)
    }
    let same = judged.filter(\.isSame).map {
      OneToOne.Pair(resident: $0.pair.resident, identity: $0.pair.identity)
    }
    link(same, pass: Int(Links.reviewPass), rowCounts: rowCounts, report: &report)
    remaining.removeAll { persons[Int($0)] >= 0 }
    return report
  }

  /// Tries a pass on every identity that is not linked yet.
  mutating func run(_ pass: ExactPass, number: Int, rowCounts: [Int32]) -> LinkReport.Pass {
    var report = LinkReport.Pass()
    let pairs = pass.on.compactMap { KeyColumn.pair($0, left: spine, right: source) }
    guard pairs.count == pass.on.count, !pairs.isEmpty else {
      report.skipped = true
      return report
    }
    let isBSNPass = pass.on.contains("bsn")
    let met = residentsMet(
      spineKeys: RecordKeys(pairs.map(\.left), rowCount: spine.rowCount),
      sourceKeys: RecordKeys(pairs.map(\.right), rowCount: source.rowCount)
    )
    report.ambiguousKeys = met.ambiguousKeyCount
    let vetoed = (pass.unless?.differ ?? []).map {
      KeyColumn.pair($0, left: spine, right: source)
    }

    var candidates: [OneToOne.Pair] = []
    for place in remaining.indices {
      let identity = Int(remaining[place])
      let resident = Int(met.residents[place])
      if resident == KeyMeetings.several {
        doubts[identity].insert(isBSNPass ? .duplicateBSN : .tie)
      }
      guard resident >= 0 else { continue }
      let pair = UInt64(resident) << 32 | UInt64(identity)
      if !barred.isEmpty, barred.contains(pair) { continue }
      if Self.differs(in: vetoed, resident, identity) {
        barred.insert(pair)
        refusedPairs.append(AskedPair(resident: Int32(resident), identity: Int32(identity)))
        doubts[identity].insert(.veto)
        report.vetoes += 1
      } else if !isBSNPass, let bsn, bsn.left.agreement(resident, bsn.right, identity) == .unequal {
        if conflicted.insert(pair).inserted {
          refusedPairs.append(AskedPair(resident: Int32(resident), identity: Int32(identity)))
        }
        doubts[identity].insert(.bsnConflict)
        report.bsnConflicts += 1
      } else {
        candidates.append(OneToOne.Pair(resident: Int32(resident), identity: Int32(identity)))
      }
    }
    link(candidates, pass: number, rowCounts: rowCounts, report: &report)
    remaining.removeAll { persons[Int($0)] >= 0 }
    return report
  }

  private mutating func link(
    _ candidates: [OneToOne.Pair],
    pass: Int,
    rowCounts: [Int32],
    report: inout LinkReport.Pass
  ) {
    let verdicts = oneToOne?.judge(candidates)
    for number in candidates.indices {
      let identity = Int(candidates[number].identity)
      switch verdicts?[number] ?? .links {
      case .links:
        let own = [Int32(identity)]
        let resident = candidates[number].resident
        for fellow in fellows.isEmpty ? own : fellows[Int(clients[identity])]
        where persons[Int(fellow)] < 0 && (Int(fellow) == identity || mayShare(resident, fellow)) {
          persons[Int(fellow)] = resident
          passes[Int(fellow)] = Int8(clamping: pass)
          report.linked.add(rows: rowCounts[Int(fellow)])
        }
      case .taken:
        doubts[identity].insert(.taken)
        report.taken += 1
      case .contested: doubts[identity].insert(.tie)
      }
    }
  }

  /// Nothing speaks against it that an identity takes the resident of its client.
  private func mayShare(_ resident: Int32, _ identity: Int32) -> Bool {
    if barred.contains(
      UInt64(UInt32(bitPattern: resident)) << 32 | UInt64(UInt32(bitPattern: identity))
    ) {
      return false
    }
    return bsn.map { $0.left.agreement(Int(resident), $0.right, Int(identity)) != .unequal } ?? true
  }

  /// Every column of the veto is present on both sides and unequal.
  ///
  /// A column that a side lacks is present nowhere.
  static func differs(
    in columns: [(left: KeyColumn, right: KeyColumn)?],
    _ resident: Int,
    _ identity: Int
  ) -> Bool {
    if columns.isEmpty { return false }
    for column in columns {
      guard let column, column.left.agreement(resident, column.right, identity) == .unequal else {
        return false
      }
    }
    return true
  }

  private func residentsMet(spineKeys: RecordKeys, sourceKeys: RecordKeys) -> KeyMeetings {
    KeyMeetings(of: remaining, sourceKeys: sourceKeys, spineKeys: spineKeys)
  }
}
