import PrivacyLog
package import Tabular

/// A number with a comma for every thousand: `6,000,000`.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (position, digit) in digits.enumerated() {
    if position > 0 && (digits.count - position) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// A share in 0...1 in percent, with one decimal below ten: `0.3 %`, `12 %`.
func percent(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  if tenths == 0 && share > 0 { return "under 0.1 %" }
  return tenths < 100 && tenths % 10 != 0
    ? "\(tenths / 10).\(tenths % 10) %" : "\((tenths + 5) / 10) %"
}

/// A number from 0 on with so many decimals, rounded, as `0.9987`.
func fixed(_ number: Double, places: Int) -> String {
  let scale = (0..<places).reduce(1) { power, _ in power * 10 }
  let rounded = Int((number * Double(scale)).rounded())
  return "\(rounded / scale).\(String(scale + rounded % scale).dropFirst())"
}

/// The day of a moment in the Netherlands: a night that begins at 00:30 belongs to the new day.
package func day(ofMilliseconds milliseconds: Int64) -> CivilDate {
  DutchTime(milliseconds: milliseconds).date
}

/// The minute of the day in the Netherlands, in 0..<1440, from milliseconds since 1970 in UTC.
func minuteOfDay(ofMilliseconds milliseconds: Int64) -> Int {
  DutchTime(milliseconds: milliseconds).minuteOfDay
}
