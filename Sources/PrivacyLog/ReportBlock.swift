/// A piece of a report, before it is laid out.
enum ReportBlock: Hashable {
  /// How a sentence is meant.
  enum Tone: String {
    case plain
    case good
    case warning
    case bad
    case note
  }

  /// A table; columns of figures stand right.
  struct Table: Hashable {
    var headings: [String]
    var figures: Set<Int> = []
    var rows: [[String]] = []
  }

  /// A day in the strip of nights.
  struct Night: Hashable {
    /// The day of the month.
    let label: String
    let mark: String
    let meaning: String
    let ending: ReportCalendar.Ending
  }

  /// The endings that nights had, the best first: what a legend explains.
  static func endings(of nights: [Night]) -> [ReportCalendar.Ending] {
    ReportCalendar.Ending.allCases.reversed()
      .filter { ending in nights.contains { $0.ending == ending } }
  }

  /// Columns of a source by what became of them.
  struct Fates: Hashable {
    let source: String
    /// The name of the fate, which it is, and the columns.
    let groups: [Group]
    let note: String

    struct Group: Hashable {
      let name: String
      let fate: SourceFacts.Fate
      let columns: [String]
    }
  }

  case line(String, Tone)
  case table(Table)
  case nights([Night])
  case fates([Fates])
}

/// A part of a report under a heading.
struct ReportSection: Hashable {
  /// 1 to 12 for the questions of an officer.
  let number: Int
  let title: String
  var blocks: [ReportBlock]
}
