/// The names of what the Gemeentelijk Gegevensknooppunt sends.
enum GgkNames {
  static let space = Array("http://www.stufstandaarden.nl/koppelvlak/ggk0210".utf8)
  static let stuf = Array("http://www.egem.nl/StUF/StUF0301".utf8)
  static let envelopes = ["envelopHeenbericht-ggk_Di01", "envelopRetourbericht-ggk_Du01"].map {
    Array($0.utf8)
  }
  /// Where a message stands: as XML, and as flat records.
  static let payloads = ["xmlBestand", "tekstBestand"].map { Array($0.utf8) }
  private static let fault = Array("Fo01Bericht".utf8)

  static func isEnvelope(_ name: UnsafePointer<UInt8>?) -> Bool {
    guard let name = unsafe name else { return false }
    return envelopes.contains { unsafe isEqual(name, $0) }
  }

  /// Whether the root says that a message could not be delivered.
  static func isFault(_ name: UnsafePointer<UInt8>?, _ space: UnsafePointer<UInt8>?) -> Bool {
    guard let name = unsafe name, let space = unsafe space, unsafe isEqual(name, fault) else {
      return false
    }
    return unsafe isEqual(space, stuf) || isEqual(space, Self.space)
  }

  /// Whether the function of an envelope names a message: by its number, as `WMO301`, or its code.
  ///
  /// To verify: senders write no other than these.
  static func names(_ function: [UInt8], _ message: IwmoNamespace.Message) -> Bool {
    let letters = function.filter { 0x41...0x5A ~= $0 & 0xDF }.map { $0 & 0xDF }
    let isOfLaw: Bool
    switch String(decoding: letters, as: UTF8.self) {
    case "": isOfLaw = true
    case "WMO", "IWMO": isOfLaw = message.law == .wmo
    case "JW", "IJW": isOfLaw = message.law == .jeugd
    default: isOfLaw = false
    }
    let digits = function.filter { $0 ^ 0x30 <= 9 }
    guard isOfLaw, let number = smallNumber(digits[...]) else { return false }
    return number == message.kind.message || number == message.law.code(of: message.kind.message)
  }

  /// The same of flat records: the code of the message stands in bytes 3 to 5 of the first one.
  static func names(_ function: [UInt8], flat bytes: [UInt8]) -> Bool {
    guard let code = smallNumber(bytes.dropFirst(2).prefix(3)) else { return false }
    return IwmoKind.all.contains { kind in
      [IwmoLaw.wmo, .jeugd].contains { law in
        law.code(of: kind.message) == code
          && names(function, IwmoNamespace.Message(law: law, kind: kind))
      }
    }
  }
}
