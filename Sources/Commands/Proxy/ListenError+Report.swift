public import IMAPSession
public import ProxyServer
public import Reporting

extension ListenError: ReportableError {
    public var summary: String {
        switch self {
        case .addressInUse(let endpoint): "cannot listen on \(endpoint): the address is in use by another program"
        case .permissionDenied(let endpoint): "cannot listen on \(endpoint): not permitted"
        case .addressNotAvailable(let endpoint): "cannot listen on \(endpoint): not an address of this machine"
        case .unresolvable(let endpoint, let reason): "cannot listen on \(endpoint): \(reason)"
        case .other(let endpoint, let number): "cannot listen on \(endpoint): \(systemErrorText(number))"
        }
    }

    public var blame: Blame { .configuration }

    public var advice: String? {
        switch self {
        case .addressInUse: "end that program, or choose another port with --listen imap://127.0.0.1:port"
        case .permissionDenied: "a port above 1023 with --listen imap://127.0.0.1:port"
        case .addressNotAvailable, .unresolvable: "--listen imap://127.0.0.1:1143"
        case .other: nil
        }
    }

    public var exitCode: ExitCode {
        switch self {
        case .permissionDenied: .noPermission
        case .addressInUse, .addressNotAvailable, .unresolvable, .other: .unavailable
        }
    }
}
