import CaptureFiles
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A capture that cannot be opened, for people.
enum SniffFailure {
    static func failure(_ error: LiveCaptureError) -> Failure {
        switch error.code {
        case .noPermission:
            Failure(
                .noPermission,
                error.description,
                advice:
                    "sudo setcap cap_net_raw,cap_net_admin=eip \(Self.program), or run it with sudo: it gives up its "
                    + "privileges once the interface is open"
            )
        case .noSuchInterface:
            Failure(.noInput, error.description, advice: "imapscope sniff --list-interfaces" + Self.known)
        case .interfaceIsDown: Failure(.unavailable, error.description, advice: "ip link set \(error.interface) up")
        case .filter: Failure(.usage, error.description, advice: "pcap-filter(7) describes the language: tcp port 143")
        case .other: Failure(.unavailable, error.description)
        }
    }

    private static var known: String {
        guard let all = try? NetworkInterface.all(), !all.isEmpty else { return "" }
        return ", which has " + all.map(\.name).joined(separator: ", ")
    }

    /// The file that a capability would have to be given to.
    private static var program: String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : "imapscope"
    }
}
