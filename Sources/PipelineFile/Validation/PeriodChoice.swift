import Diagnostics
import Tabular

/// The period of a run, found before variables are replaced.
///
/// It looks at the tree as it stands; what is wrong with the form is told by the check of it.
struct PeriodChoice {
  private(set) var period: Period?
  private var fault: PeriodReading.Fault?
  private var isFromSetting = false
  private var isLacking = false

  init(_ tree: YAMLNode, _ variables: inout Variables, today: CivilDate) {
    guard let node = tree["period"] else { return }
    let given = variables.setting("period")
    isFromSetting = given != nil
    if let unit = Self.unit(node["unit"]?.text) {
      if let text = given ?? node["default"]?.text {
        do throws(PeriodReading.Fault) {
          period = try PeriodReading.read(text, unit: unit, today: today)
        } catch {
          fault = error
        }
      } else {
        isLacking = true
      }
    }
    // Read on with some period: one mistake hides no other.
    let assumed = period ?? (try? PeriodReading.read("previous", unit: .month, today: today))
    variables.define("period", assumed?.label)
    variables.define("period.start", assumed?.firstDay.description)
    variables.define("period.end", assumed?.lastDay.description)
  }

  /// The unit that was meant.
  private static func unit(_ text: String?) -> Period.Unit? {
    guard let text else { return nil }
    let near = nearestName(to: text, among: Period.Unit.allCases.map(\.rawValue))
    return Period.Unit(rawValue: text) ?? near.flatMap(Period.Unit.init)
  }

  /// The name of the pipeline, when it is one.
  static func name(of tree: YAMLNode) -> String? {
    guard let name = tree["pipeline"]?.text, NameForm.slug.accepts(name) else { return nil }
    return name
  }

  /// Tells why there is no period.
  func report(_ root: CheckedValue, _ faults: inout FaultList) {
    guard let value = root["period"], !value.isFaulty else { return }
    if let fault {
      if isFromSetting {
        faults.reportSetting("--set period: \(fault.sentence)", hint: fault.hint)
      } else if let span = value["default"]?.span {
        faults.report(at: span, "'default' of 'period': \(fault.sentence)", hint: fault.hint)
      }
    } else if isLacking && value.suspects.isEmpty && !value.isUncertain("default") {
      faults.reportMissing(
        at: value.place,
        "'period' has no 'default', and --set gives none",
        hint: "add default: previous, or run with --set period=…"
      )
    }
  }
}
