import COpenSSL

extension TLSContext {
    func configure(_ settings: TLSClientSettings) throws(TLSSettingError) {
        guard !settings.host.utf8.contains(0), settings.serverName?.utf8.contains(0) != true else {
            throw .serverName(settings.host)
        }
        do throws(TLSSettingError) {
            try self.load(settings.trust)
        } catch {
            // Without verification the chain is a fact only.
            if settings.verification == .full { throw error }
        }
        imapscope_tls_observe(self.pointer, SSL_VERIFY_PEER)
        if let identity = settings.identity { try self.use(identity) }
        if !self.applicationProtocols.isEmpty {
            SSL_CTX_set_alpn_protos(self.pointer, self.applicationProtocols, UInt32(self.applicationProtocols.count))
        }
        guard settings.common.resumesSessions else {
            imapscope_ssl_ctx_set_session_cache(self.pointer, Int(SSL_SESS_CACHE_OFF), 1)
            SSL_CTX_set_options(self.pointer, SSL_OP_NO_TICKET_BIT)
            return
        }
        imapscope_ssl_ctx_set_session_cache(
            self.pointer,
            Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE),
            1
        )
        SSL_CTX_sess_set_new_cb(self.pointer) { ssl, session in
            // Returning 1 takes the reference over.
            guard let session, let context = TLSContext.of(ssl) else { return 0 }
            context.sessions.put(session)
            return 1
        }
    }

    /// Prepares a connection for the host: SNI, the name to check, a session to resume.
    func prepareClient(_ ssl: OpaquePointer) {
        guard let client = self.client else { return }
        let host = client.host
        let parameters = SSL_get0_param(ssl)
        let isAddress = X509_VERIFY_PARAM_set1_ip_asc(parameters, host) == 1
        if !isAddress {
            OpenSSLQueue.clear()
            SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            SSL_set1_host(ssl, host)
        }
        let name = client.serverName ?? (isAddress ? "" : host)
        if !name.isEmpty { _ = imapscope_ssl_set_host_name(ssl, name) }
        self.sessions.withSession { session in
            if let session { SSL_set_session(ssl, session) }
        }
    }
}
