extension FaultCase {
  /// Mistakes about persons without a spine, and about clients of several records beside one.
  static let deduplicate = [
    FaultCase(
      "spine: register",
      "spine: register\n  deduplicate: [suport]",
      at: "suport",
      "there is no source 'suport'",
      hint: "'support'"
    ),
    FaultCase(
      "spine: register",
      "spine: register\n  deduplicate: [register]",
      at: "register]",
      "found the spine 'register', whose residents are never merged",
      hint: "flagged"
    ),
    FaultCase(
      "spine: register",
      "spine: register\n  deduplicate: [support, support]",
      at: "support]",
      "found source 'support' twice"
    ),
  ]
}
