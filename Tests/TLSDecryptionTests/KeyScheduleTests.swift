import Cryptography
import Testing
import Traffic

@testable import TLSDecryption

@Suite struct KeyScheduleTests {
    private func octets(_ text: String) throws -> [UInt8] { try Hexadecimal.decode(Array(text.utf8)) }

    private func hex(_ secret: Secret) -> String { Hexadecimal.string(secret.withBytes { Array($0) }) }

    // RFC 8448 section 3.
    @Test func `keys of TLS 1.3 follow from traffic secrets`() throws {
        let secret = TrafficSecret(
            secret: Secret(try self.octets("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5")),
            hash: .sha256
        )
        #expect(self.hex(try secret.expand("key", count: 16)) == "17422dda596ed5d9acd890e3c63f5051")
        #expect(self.hex(try secret.expand("iv", count: 12)) == "5b78923dee08579033e523d9")
        #expect(
            self.hex(try secret.updated().secret) == "fcdfcc72725aaee48bf64e4fd8b749cdbdbab39d90da0b26e2245ca6ea167207"
        )
    }

    @Test func `the client's record of the published trace opens`() throws {
        let secret = TrafficSecret(
            secret: Secret(try self.octets("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5")),
            hash: .sha256
        )
        let protection = try #require(try secret.protection(CipherSuite(id: 0x1301).cipher))
        let record = try self.octets(
            "1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a20441e2b62974e1f"
                + "5a6292a2977014bd1e3deae63aeebb21694915e4"
        )
        let header = RecordHeader(record.span.bytes, at: 0)
        let buffer = PlaintextBuffer()
        let body = Array(record[5...])
        let opened = protection.open(header, body.span.bytes, sequence: 0, into: buffer)
        #expect(opened == .content(type: 23, 0..<50, padding: 0))
        #expect(Array(buffer.memory[0..<50]) == Array(0..<50))
        let other = protection.open(header, body.span.bytes, sequence: 1, into: buffer)
        #expect(other == .failure(.authentication))
    }

    // The vectors of the TLS working group's mailing list for the PRF of TLS 1.2 with SHA-256.
    @Test func `the PRF gives the published octets`() throws {
        let prf = PseudorandomFunction(.tls12, CipherSuite(id: 0x003C))
        let made = try prf.expand(
            Secret(try self.octets("9bbe436ba940f017b17652849a71db35")),
            label: "test label",
            seed: try self.octets("a0ba9f936cda311827a6f796ffd5198c"),
            count: 32
        )
        #expect(self.hex(made) == "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a")
    }

    @Test func `one octet of secret is the whole of both halves`() throws {
        let prf = PseudorandomFunction(.tls11, CipherSuite(id: 0x002F))
        let made = try prf.expand(Secret([1]), label: "a", seed: [], count: 100)
        #expect(made.count == 100)
    }
}
