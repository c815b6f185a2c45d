import Diagnostics
import Tabular

@testable import PipelineFile

/// The folder of the repository.
let repository = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

let today = CivilDate(dayNumber: 20_700)
