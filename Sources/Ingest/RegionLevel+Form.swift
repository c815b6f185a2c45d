import PipelineFile

extension RegionLevel {
  /// Puts a region in the form of CBS: letters and digits, as `BU01190101`.
  ///
  /// A bare number is padded with zeros on the left; the last characters may be letters. Blanks
  /// around it go.
  ///
  /// - Returns: nil if it is no region of this level.
  func form(of text: [UInt8]) -> [UInt8]? {
    var code = text[...]
    while code.first == 0x20 { code.removeFirst() }
    while code.last == 0x20 { code.removeLast() }
    let letters = Array(self.letters.utf8)
    let isBare = !code.starts(with: letters)
    if !isBare { code = code.dropFirst(letters.count) }
    guard !code.isEmpty, isBare ? code.count <= digitCount : code.count == digitCount,
      code.first.map({ $0 ^ 0x30 <= 9 }) == true,
      code.allSatisfy({ $0 ^ 0x30 <= 9 || 0x41...0x5A ~= $0 })
    else { return nil }
    return letters + Array(repeating: UInt8(ascii: "0"), count: digitCount - code.count) + code
  }
}
