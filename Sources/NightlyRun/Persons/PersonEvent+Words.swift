import Linkage

/// Events as people read them.
extension PersonEvent {
  /// What files call it.
  var key: String {
    switch kind {
    case .create: "create"
    case .split: "split"
    case .merge: "merge"
    case .absorb: "absorb"
    case .moved: "moved"
    case .alias: "alias"
    case .status: isApart ? "r_to_s" : "s_to_r"
    case .changed: "changed"
    case .absent: "absent"
    case .returned: "returned"
    }
  }

  /// What people call it: a status by what it was and is.
  static func word(ofKey key: String) -> String {
    switch key {
    case "s_to_r": "S→R"
    case "r_to_s": "R→S"
    default: key
    }
  }
}
