import NIOCore
import NIOPosix
import ProxyCore
import TLSTransport
import Traffic

/// A client's handshake that waits for the certificate it will be shown.
///
/// It waits for the server's certificate, whose names the minted one copies, but not for long: a server that is slow or
/// absent must not cost the client its handshake.
final class CertificateWish {
    static let patience = TimeAmount.seconds(5)

    var serverName: String?
    var keys: TLSKeyTypes = []
    var waits = false
    /// Whether a thread beside the event loop has been asked for a key.
    var awaitsKey = false
    var keyWasTried = false
    var timer: Scheduled<Void>?
    /// Why there is none.
    var refusal: String?

    /// The handshake has its answer.
    func settle() {
        self.waits = false
        self.awaitsKey = false
        self.timer?.cancel()
        self.timer = nil
    }
}

extension ConnectionDriver {
    /// The client has said which name it wants.
    func wishesCertificate(for serverName: String?, _ keys: TLSKeyTypes) {
        self.certificate.serverName = serverName
        self.certificate.keys = keys
        self.certificate.waits = true
        self.grantCertificate()
        guard self.certificate.waits else { return }
        self.certificate.timer = self.loop.eventLoop.assumeIsolated().scheduleTask(in: CertificateWish.patience) {
            self.grantCertificate(waitsForUpstream: false)
        }
    }

    /// Has a key made that takes as long as hundreds of handshakes, and does not keep the event loop from others.
    private func awaitKey(_ identities: any ClientIdentitySource) {
        guard !self.certificate.awaitsKey else { return }
        self.certificate.awaitsKey = true
        let keys = self.certificate.keys
        NIOThreadPool.singleton.runIfActive(eventLoop: self.loop.eventLoop) { identities.makeKeys(keys) }
            .assumeIsolated()
            .whenComplete { _ in
                self.certificate.keyWasTried = true
                self.grantCertificate()
            }
    }

    /// Answers the client's handshake if that can be done now.
    func grantCertificate(waitsForUpstream: Bool = true) {
        let wish = self.certificate
        guard wish.waits, let identities = self.loop.configuration.identities else { return }
        guard !waitsForUpstream || identities.knowsUpstream || !self.connection.awaitsUpstreamTLS else { return }
        guard wish.keyWasTried || identities.hasKeys(wish.keys) else { return self.awaitKey(identities) }
        wish.settle()
        let request = ClientIdentityRequest(
            serverName: wish.serverName,
            listener: self.listener.endpoint,
            address: self[.client].context?.channel.localAddress?.ipAddress,
            keys: wish.keys
        )
        do throws(ClientIdentityError) {
            self[.client].tls?.provide(try identities.identities(for: request))
        } catch {
            wish.refusal = error.reason
            self[.client].tls?.provide([])
        }
    }
}
