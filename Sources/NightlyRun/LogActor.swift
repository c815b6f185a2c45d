import Glibc
import Tabular

/// Who does what the privacy log tells, and on which machine.
enum LogActor {
  /// The user of the process, by number and name.
  static var json: JSONValue {
    ["uid": .integer(Int64(getuid())), "user": .string(userName)]
  }

  /// The name of the machine.
  static var host: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static var userName: String {
    guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else {
      return ""
    }
    return unsafe String(cString: name)
  }
}
