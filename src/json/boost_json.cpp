// Boost.JSON, compiled once and privately.
#include <boost/json/src.hpp>
