import CaptureFiles
import Reporting
import Testing

@testable import Commands

@Suite struct `Sniffing` {
    @Test func `the kernel lets IMAP's ports through, those that were named, and fragments`() {
        let text = PacketFilter.text(ports: [1143, 143])
        #expect(
            text == "tcp port 143 or tcp port 220 or tcp port 993 or tcp port 1143 or (ip[6:2] & 0x1fff != 0) or "
                + "(ip6 and ip6[6] == 44)"
        )
    }

    @Test func `interfaces are a table, and nothing of their descriptions reaches the terminal as it is`() {
        let lines = InterfaceList.lines([
            NetworkInterface(name: "lo", addresses: ["127.0.0.1", "::1"], isLoopback: true),
            NetworkInterface(name: "eth10", meaning: "up\u{1B}[31m", isUp: false),
        ])
        #expect(lines == ["lo     127.0.0.1, ::1, loopback", "eth10  down, up\\x1B[31m"])
    }

    @Test(arguments: [
        (LiveCaptureError.Code.noPermission, 77, "setcap cap_net_raw,cap_net_admin=eip /"),
        (.noSuchInterface, 66, "--list-interfaces"),
        (.interfaceIsDown, 69, "ip link set eth0 up"),
        (.filter, 64, "pcap-filter(7)"),
    ])
    func `each refusal has its exit code and says what to do`(code: LiveCaptureError.Code, exit: Int32, advice: String)
    {
        let failure = SniffFailure.failure(LiveCaptureError(code, interface: "eth0", reason: "because"))
        #expect(failure.exitCode.rawValue == exit)
        #expect(failure.advice?.contains(advice) == true)
        #expect(failure.summary.contains(code == .filter ? "because" : "eth0"))
    }
}
