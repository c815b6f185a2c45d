import Testing

/// One change of the small pipeline and the one message that it must draw.
struct FaultCase: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  /// Where the caret begins, in the changed text.
  let caret: String
  /// A part of the sentence.
  let sentence: String
  /// A part of the hint.
  let hint: String

  init(_ old: String, _ new: String, at caret: String, _ sentence: String, hint: String = "") {
    self.old = old
    self.new = new
    self.caret = caret
    self.sentence = sentence
    self.hint = hint
  }

  var testDescription: String { new }
}
