package io.clickpy.core.packaging;

import java.util.Optional;
import java.util.stream.Stream;

/** What a marker may ask of the environment. */
enum MarkerVariable {
  PYTHON_VERSION("python_version"),
  PYTHON_FULL_VERSION("python_full_version"),
  OS_NAME("os_name"),
  SYS_PLATFORM("sys_platform"),
  PLATFORM_RELEASE("platform_release"),
  PLATFORM_SYSTEM("platform_system"),
  PLATFORM_VERSION("platform_version"),
  PLATFORM_MACHINE("platform_machine"),
  PLATFORM_PYTHON_IMPLEMENTATION("platform_python_implementation"),
  IMPLEMENTATION_NAME("implementation_name"),
  IMPLEMENTATION_VERSION("implementation_version"),
  EXTRA("extra");

  private final String symbol;

  MarkerVariable(String symbol) {
    this.symbol = symbol;
  }

  /** Finds a variable by its name, or by the name that it bears in older metadata. */
  static Optional<MarkerVariable> find(String symbol) {
    return switch (symbol) {
      case "os.name" -> Optional.of(OS_NAME);
      case "sys.platform" -> Optional.of(SYS_PLATFORM);
      case "platform.version" -> Optional.of(PLATFORM_VERSION);
      case "platform.machine" -> Optional.of(PLATFORM_MACHINE);
      case "platform.python_implementation", "python_implementation" ->
          Optional.of(PLATFORM_PYTHON_IMPLEMENTATION);
      default -> Stream.of(values()).filter(variable -> variable.symbol.equals(symbol)).findFirst();
    };
  }

  String symbol() {
    return symbol;
  }

  boolean isVersion() {
    return switch (this) {
      case PYTHON_VERSION, PYTHON_FULL_VERSION, IMPLEMENTATION_VERSION, PLATFORM_RELEASE -> true;
      default -> false;
    };
  }
}
