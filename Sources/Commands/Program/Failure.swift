import IMAPSession
import Reporting

/// A command cannot go on: what happened, how to mend it, and what the caller is told.
struct Failure: ReportableError, Hashable {
    var exitCode: ExitCode
    var summary: String
    var blame: Blame
    var advice: String?

    init(_ exitCode: ExitCode, _ summary: String, blame: Blame = .configuration, advice: String? = nil) {
        self.exitCode = exitCode
        self.summary = summary
        self.blame = blame
        self.advice = advice
    }
}

/// The command line is wrong.
struct CommandLineError: ReportableError, Hashable {
    var summary: String
    /// A right command line.
    var advice: String?
    var excerpt: ErrorExcerpt?

    var blame: Blame { .configuration }
    var exitCode: ExitCode { .usage }
}

/// The command has said all there is to say and ends with this status.
struct EndOfCommand: Error {
    var exitCode: ExitCode
}

extension ConfigurationError: ReportableError {
    var summary: String { self.description }
    var blame: Blame { .configuration }
    var advice: String? { "imapscope proxy --help lists the options; --print-config shows what is in force" }
    var exitCode: ExitCode { .configuration }
}

extension InputError: ReportableError {
    var summary: String { self.description }
    var blame: Blame { .configuration }
    var exitCode: ExitCode { self.isPermission ? .noPermission : .noInput }

    var advice: String? {
        switch self.reason {
        case .missing: "check the name, or give - to read standard input"
        case .directory: "give the name of a file in it"
        case .permission: "give yourself the right to read it, or run as its owner"
        case .other: nil
        }
    }
}
