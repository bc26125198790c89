import CaptureFiles
import Reporting

/// `--list-interfaces`
enum InterfaceList {
    static func lines(_ interfaces: [NetworkInterface]) -> [String] {
        let width = interfaces.map(\.name.count).max() ?? 0
        return interfaces.map { interface in
            let name = interface.name + String(repeating: " ", count: width - interface.name.count)
            var parts = interface.addresses
            if interface.isLoopback { parts.append("loopback") }
            if !interface.isUp { parts.append("down") }
            if let meaning = interface.meaning { parts.append(meaning) }
            return TerminalText.escaped("\(name)  \(parts.joined(separator: ", "))")
        }
    }
}
