import PipelineFile
import Tabular

/// How well the groups of clients are linked that kept columns tell apart.
struct Subgroups {
  /// What became of one rehearsed client.
  struct Rehearsed {
    let client: HiddenClients.Client
    let isLinked: Bool
    let isRight: Bool
  }

  /// Groups below this are told together.
  private static let leastSize = 10
  private static let ageBands = [18, 45, 65, 75, 85]

  private struct Count {
    var clients = 0
    var linked = 0
    var rehearsed = 0
    var residents = 0
    var right = 0
    var wrong = 0

    mutating func add(_ other: Count) {
      clients += other.clients
      linked += other.linked
      rehearsed += other.rehearsed
      residents += other.residents
      right += other.right
      wrong += other.wrong
    }

    /// By link rate, precision and recall: hits and trials.
    var shares: [(hits: Int, trials: Int)] {
      [(linked, clients), (right, right + wrong), (right, residents)]
    }

    var size: Int { max(clients, rehearsed) }
  }

  let groups: [Subgroup]

  /// - Parameters:
  ///   - spine: one row a resident.
  ///   - source: one row an identity.
  ///   - links: of the source.
  ///   - clients: of each identity.
  ///   - rehearsed: what became of whom.
  init(
    spine: Table,
    source: Table,
    links: Links,
    clients: [Int32],
    rehearsed: [Rehearsed]
  ) {
    var isLinked = [Bool](repeating: false, count: clients.count)
    for identity in clients.indices where links.persons[identity] >= 0 {
      isLinked[Int(clients[identity])] = true
    }
    var all = Count()
    for client in clients.indices where clients[client] == client {
      all.clients += 1
      if isLinked[client] { all.linked += 1 }
    }
    for outcome in rehearsed { all.add(Self.count(outcome)) }

    var found: [(column: String, group: String?, count: Count)] = []
    let names = source.names + spine.names.filter { source[$0] == nil }
    for name in names {
      let newest = max(Self.newest(spine[name]), Self.newest(source[name]))
      var counts: [String?: Count] = [:]
      if let labels = source[name].flatMap({ Self.labels($0, newest: newest) }) {
        var own = [Count](repeating: Count(), count: labels.texts.count + 1)
        for client in clients.indices where clients[client] == client {
          // The last is for those of no group.
          let group = labels.groups[client] < 0 ? labels.texts.count : Int(labels.groups[client])
          own[group].clients += 1
          if isLinked[client] { own[group].linked += 1 }
        }
        for (text, count) in zip(labels.texts as [String?] + [nil], own) {
          counts[text, default: Count()].add(count)
        }
      }
      // An error in the column must not hide itself: the register's value tells whose group it is.
      let isOnSpine = spine[name] != nil
      if let labels = (spine[name] ?? source[name]).flatMap({ Self.labels($0, newest: newest) }) {
        for outcome in rehearsed {
          let row = Int(isOnSpine ? outcome.client.resident : outcome.client.identity)
          let text = labels.groups[row] < 0 ? nil : labels.texts[Int(labels.groups[row])]
          counts[text, default: Count()].add(Self.count(outcome))
        }
      }
      var others = Count()
      for (text, count) in counts.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
        if let text, count.size >= Self.leastSize {
          found.append((name, text, count))
        } else {
          others.add(count)
        }
      }
      if others.size >= Self.leastSize { found.append((name, nil, others)) }
    }

    let rateCount = found.reduce(0) { sum, group in
      sum + group.count.shares.count { $0.trials > 0 }
    }
    groups = found.map { column, group, count in
      let rates = zip(count.shares, all.shares).map { own, all -> Subgroup.Rate? in
        guard own.trials > 0, all.trials > 0 else { return nil }
        let share = Double(own.hits) / Double(own.trials)
        let rate = Double(all.hits) / Double(all.trials)
        let interval = WilsonInterval.around(own.hits, of: own.trials)
        let chance = WilsonInterval.chance(ofAtMost: own.hits, of: own.trials, share: rate)
        return Subgroup.Rate(
          value: share,
          interval: interval,
          // Of 300 neighbourhoods that are alike, 15 lie outside their intervals (Bonferroni).
          isWorse: interval.upperBound < rate && rate - share >= 0.01
            && chance * Double(rateCount) < 0.05
        )
      }
      return Subgroup(
        column: column,
        group: group,
        clientCount: count.clients,
        rehearsedCount: count.rehearsed,
        linkRate: rates[0],
        precision: rates[1],
        recall: rates[2]
      )
    }
  }

  private static func count(_ outcome: Rehearsed) -> Count {
    Count(
      rehearsed: 1,
      residents: outcome.client.isStranger ? 0 : 1,
      right: outcome.isRight ? 1 : 0,
      wrong: outcome.isLinked && !outcome.isRight ? 1 : 0
    )
  }

  /// The newest birth year of a column: whoever has it is taken to be 0 years old.
  private static func newest(_ column: Column?) -> Int64 {
    guard case .integers(let years, .year)? = column else { return 0 }
    return years.max() ?? 0
  }

  /// The group of each row, or -1, and what the groups are called; nil for a column without groups.
  private static func labels(
    _ column: Column,
    newest: Int64
  ) -> (groups: [Int32], texts: [String])? {
    switch column {
    case .codes(let values, let dictionary): return (values, dictionary)
    case .integers(let years, .year):
      let starts = [0] + ageBands
      let texts = starts.indices.map { band in
        band + 1 < starts.count ? "\(starts[band])-\(starts[band + 1] - 1)" : "\(starts[band])+"
      }
      let groups = years.map { year -> Int32 in
        if year == missingInteger { return -1 }
        let age = newest.subtractingReportingOverflow(year).partialValue
        return Int32(ageBands.count { age >= $0 })
      }
      return (groups, texts)
    case .integers, .tokens: return nil
    }
  }
}
