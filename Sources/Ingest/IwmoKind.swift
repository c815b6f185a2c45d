/// Which message it is, but for the law: iWmo and iJw have the same paths.
struct IwmoKind: Hashable, Sendable {
  enum Version: Sendable {
    case v2
    case v3

    /// As it stands in a name space.
    var name: String { self == .v2 ? "2_0" : "3_2" }
  }

  let version: Version
  /// 301, 305, 307, 315 or 323.
  let message: Int

  /// Every kind whose rows can be read.
  static let all =
    [301, 305, 307, 315, 323].map { IwmoKind(version: .v3, message: $0) }
    + [301, 305, 307, 315].map { IwmoKind(version: .v2, message: $0) }

  /// They repeat the rows of what they answer.
  static let returnMessages: Set<Int> = [302, 306, 308, 316, 318, 320, 325]
  /// Known messages that nobody asks for.
  static let otherMessages: Set<Int> = [317, 319]

  /// Whether a municipality sends it, and a provider receives it.
  var isFromMunicipality: Bool { message == 301 }
}

/// The law that care is given under.
enum IwmoLaw: Sendable {
  case wmo
  case jeugd

  /// The standard, as it stands in a name space.
  var standard: String { self == .wmo ? "iwmo" : "ijw" }
  /// What stands before the number of a message.
  var letters: String { self == .wmo ? "wmo" : "jw" }
  /// The offered value.
  var word: String { self == .wmo ? "wmo" : "jeugd" }

  /// The code that the header of a message must have; nil for one whose rows are not read.
  func code(of message: Int) -> Int? {
    let codes: [Int: (wmo: Int, jeugd: Int)] = [
      301: (414, 436), 305: (418, 438), 307: (420, 440), 315: (444, 446), 323: (484, 490),
    ]
    return codes[message].map { self == .wmo ? $0.wmo : $0.jeugd }
  }
}
