src_libcopl_la_SOURCES += \
	%D%/bundle.h \
	%D%/bundle_priv.h \
	%D%/choose.c \
	%D%/digest.c \
	%D%/install.c \
	%D%/install.h \
	%D%/key.c \
	%D%/keygen.c \
	%D%/layout.c \
	%D%/layout.h \
	%D%/lock.c \
	%D%/manifest.c \
	%D%/manifest_priv.h \
	%D%/manifest_read.c \
	%D%/part.c \
	%D%/part.h \
	%D%/secret.c \
	%D%/secret_priv.h \
	%D%/sets.c \
	%D%/sets.h \
	%D%/sign.c \
	%D%/store.c \
	%D%/trust.c \
	%D%/value.c \
	%D%/verify.c \
	%D%/verify_dir.c \
	%D%/verify_priv.h
