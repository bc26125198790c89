/// How the program ends, in the numbers of sysexits.h where it has one.
public enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
    case done = 0
    /// Findings at or above the limit that was asked for, or differences.
    case findings = 1
    case usage = 64
    /// The input is damaged or of another kind.
    case dataError = 65
    case noInput = 66
    /// The upstream server cannot be reached, or the address to listen on is in use.
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case ioError = 74
    case noPermission = 77
    case configuration = 78
    /// 128 + SIGINT.
    case interrupted = 130
    /// 128 + SIGTERM.
    case terminated = 143

    /// The name in sysexits.h, nil for codes that are not from there.
    public var sysexitsName: String? {
        switch self {
        case .done: "EX_OK"
        case .usage: "EX_USAGE"
        case .dataError: "EX_DATAERR"
        case .noInput: "EX_NOINPUT"
        case .unavailable: "EX_UNAVAILABLE"
        case .software: "EX_SOFTWARE"
        case .cannotCreate: "EX_CANTCREAT"
        case .ioError: "EX_IOERR"
        case .noPermission: "EX_NOPERM"
        case .configuration: "EX_CONFIG"
        case .findings, .interrupted, .terminated: nil
        }
    }
}
