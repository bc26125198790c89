import TLSTransport
import Testing

@testable import ProxyServer

@Suite struct UpstreamCertificatesTests {
    private func certificate(_ octet: UInt8) -> TLSCertificate { TLSCertificate(der: [octet]) }

    @Test func `only a certificate that nobody has seen is news, and not the first`() {
        let seen = UpstreamCertificates()
        #expect(seen.note(self.certificate(1)) == nil)
        #expect(seen.note(self.certificate(1)) == nil)
        let change = seen.note(self.certificate(2))
        #expect(change?.before == self.certificate(1).fingerprint)
        #expect(change?.now == self.certificate(2).fingerprint)
        #expect(change?.before != change?.now)
        // Two servers behind one name take turns.
        for octet in [1, 2, 1, 2] as [UInt8] { #expect(seen.note(self.certificate(octet)) == nil) }
        #expect(seen.note(self.certificate(3))?.before == self.certificate(2).fingerprint)
    }

    @Test func `what was seen long ago is forgotten`() {
        let seen = UpstreamCertificates()
        for octet in UInt8(0)...64 { _ = seen.note(self.certificate(octet)) }
        #expect(seen.note(self.certificate(0)) != nil)
        #expect(seen.note(self.certificate(64)) == nil)
    }
}
