/// What the process tells its caller: the numbers of sysexits.h, and 128 + signal.
enum ExitStatus {
    static let done: Int32 = 0
    static let usage: Int32 = 64
    static let badInputData: Int32 = 65
    static let noInput: Int32 = 66
    static let unavailable: Int32 = 69
    static let `internal`: Int32 = 70
    static let cannotCreate: Int32 = 73
    static let outputFailed: Int32 = 74
    static let noPermission: Int32 = 77
    static let badConfiguration: Int32 = 78

    static func interrupted(by signal: Int32) -> Int32 { 128 + signal }
}

/// A command cannot go on: what happened, how to mend it, and what the caller is told.
struct Failure: Error, CustomStringConvertible {
    var status: Int32
    var fact: String
    var remedy: String?

    init(_ status: Int32, _ fact: String, remedy: String? = nil) {
        self.status = status
        self.fact = fact
        self.remedy = remedy
    }

    var description: String { self.remedy.map { "\(self.fact); \($0)" } ?? self.fact }
}

/// The command has said all there is to say and ends with this status.
struct EndOfCommand: Error {
    var status: Int32
}
