//! Where the bytes of files lie: a folder of this machine, or a bucket of an S3 service. Each is kept under the
//! SHA-256 of its contents; no name that somebody gave ever becomes a path.

use crate::{StoreError, StoreResult};
use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{GetOptions, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of the files within a data folder.
pub const FOLDER: &str = "files";

/// The SHA-256 of a file's contents: its address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// From 64 small hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        let small = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let bytes: [u8; 32] = hex::decode(text).ok()?.try_into().ok()?;
        small.then_some(Self(bytes))
    }

    pub(crate) fn read(bytes: &[u8]) -> StoreResult<Self> {
        bytes.try_into().map(Self).map_err(|_| StoreError::corrupt("a digest has another length"))
    }

    /// As a database keeps it.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// A bucket of an S3 service.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What stands before every key; may be empty.
    pub prefix: String,
    /// Address of a service that is not Amazon's, such as `http://127.0.0.1:9000`.
    pub endpoint: Option<String>,
    /// Region; `us-east-1` if not told.
    pub region: Option<String>,
    /// Access key and its secret; without them what the machine itself is given.
    pub key: Option<(String, String)>,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bucket({}/{})", self.name, self.prefix)
    }
}

#[derive(Clone, Debug)]
enum Place {
    Folder(PathBuf),
    Bucket(Arc<AmazonS3>, Key),
}

/// The file store. Cheap to clone. Never used inside a write transaction.
#[derive(Clone, Debug)]
pub struct Files(Place);

/// One stored content, found by [`Files::list`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its address.
    pub digest: Digest,
    /// Bytes.
    pub size: u64,
    /// When it was last written, milliseconds UTC.
    pub at_ms: i64,
}

/// What was written lately is not written again: long enough for a batch, and far shorter than [`super::SPARED_MS`].
const FRESH_MS: i64 = 3_600_000;

impl Files {
    /// In a folder, which is made with the first file.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self(Place::Folder(path.into()))
    }

    /// In a bucket.
    ///
    /// # Errors
    /// `Setup` for settings that cannot be.
    pub fn bucket(bucket: &Bucket) -> StoreResult<Self> {
        let Bucket { name, prefix, endpoint, region, key } = bucket;
        // The library asks for one for the whole program; whoever came first has set the same.
        let _set = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(name)
            .with_region(region.as_deref().unwrap_or("us-east-1"))
            .with_virtual_hosted_style_request(false);
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some((id, secret)) = key {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret);
        }
        let s3 = builder.build().map_err(|e| {
            StoreError::setup(format!("文件存储的设置不可用：{e}"), format!("the settings of the file store: {e}"))
        })?;
        let prefix = Key::parse(prefix.trim_matches('/')).map_err(|e| StoreError::Setup(e.to_string().into()))?;
        Ok(Self(Place::Bucket(Arc::new(s3), prefix)))
    }

    /// The folder, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Place::Folder(path) => Some(path),
            Place::Bucket(..) => None,
        }
    }

    fn store(&self) -> StoreResult<(Arc<dyn ObjectStore>, Key)> {
        Ok(match &self.0 {
            Place::Bucket(s3, prefix) => (s3.clone(), prefix.clone()),
            Place::Folder(path) => {
                let local = std::fs::create_dir_all(path).map_err(object_store_io).and_then(|()| {
                    LocalFileSystem::new_with_prefix(path)
                        .map(|local| local.with_fsync(true).with_automatic_cleanup(true))
                });
                (Arc::new(local?), Key::default())
            }
        })
    }

    fn key(prefix: &Key, digest: &Digest) -> Key {
        let text = digest.to_string();
        // Two levels: a folder with a million files is slow to look through.
        prefix.clone().join(&text[..2]).join(&text[2..])
    }

    /// Keeps a content. Writing what is there is nothing, but makes it young again.
    pub async fn put(&self, bytes: Bytes) -> StoreResult<Digest> {
        let digest = Digest::of(&bytes);
        let (store, prefix) = self.store()?;
        let key = Self::key(&prefix, &digest);
        let young = |meta: &ObjectMeta| {
            crate::Moment::now().0 - meta.last_modified.timestamp_millis() < FRESH_MS
                && meta.size == bytes.len() as u64
        };
        match store.head(&key).await {
            Ok(meta) if young(&meta) => return Ok(digest),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        store.put(&key, PutPayload::from_bytes(bytes)).await?;
        Ok(digest)
    }

    /// A whole content; `None` where it is missing.
    pub async fn read(&self, digest: &Digest) -> StoreResult<Option<Bytes>> {
        let (store, prefix) = self.store()?;
        match store.get(&Self::key(&prefix, digest)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// A part of a content, as it comes; `None` where it is missing.
    pub async fn stream(
        &self,
        digest: &Digest,
        range: Range<u64>,
    ) -> StoreResult<Option<BoxStream<'static, Result<Bytes, StoreError>>>> {
        let (store, prefix) = self.store()?;
        let options = GetOptions { range: Some(range.into()), ..GetOptions::default() };
        match store.get_opts(&Self::key(&prefix, digest), options).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(StoreError::from).boxed())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Bytes and age of a content; `None` where it is missing.
    pub async fn look(&self, digest: &Digest) -> StoreResult<Option<Found>> {
        let (store, prefix) = self.store()?;
        match store.head(&Self::key(&prefix, digest)).await {
            Ok(meta) => Ok(Some(found(*digest, &meta))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Everything that is stored, in no order. What does not look like ours is left out.
    pub async fn list(&self) -> StoreResult<Vec<Found>> {
        let (store, prefix) = self.store()?;
        let mut all = store.list(Some(&prefix).filter(|prefix| !prefix.as_ref().is_empty()));
        let mut stored = Vec::new();
        while let Some(meta) = all.try_next().await? {
            let rest: Vec<_> = meta.location.prefix_match(&prefix).into_iter().flatten().collect();
            let [head, tail] = rest.as_slice() else { continue };
            if let Some(digest) = Digest::parse(&format!("{}{}", head.as_ref(), tail.as_ref())) {
                stored.push(found(digest, &meta));
            }
        }
        Ok(stored)
    }

    /// Takes a content away, if it is there.
    pub async fn remove(&self, digest: &Digest) -> StoreResult<()> {
        let (store, prefix) = self.store()?;
        match store.delete(&Self::key(&prefix, digest)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn found(digest: Digest, meta: &ObjectMeta) -> Found {
    Found { digest, size: meta.size, at_ms: meta.last_modified.timestamp_millis() }
}

fn object_store_io(error: std::io::Error) -> object_store::Error {
    object_store::Error::Generic { store: "folder", source: Box::new(error) }
}
