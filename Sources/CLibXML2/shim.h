#pragma once
// Debian builds libxml2 with ICU, whose headers clash with those of Swift's Foundation. Only the
// layout of a structure that we never look into depends on them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
