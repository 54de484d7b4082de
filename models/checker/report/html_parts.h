// The parts of a report's page that are the same in every page.
#pragma once

namespace wyn::model {

extern const char* const page_style;
extern const char* const page_script;

}  // namespace wyn::model
