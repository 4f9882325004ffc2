// Stands for a Boost that an application must not need: every header of Boost includes
// boost/config.hpp or boost/version.hpp.
#error "a header of rolecall includes Boost"
