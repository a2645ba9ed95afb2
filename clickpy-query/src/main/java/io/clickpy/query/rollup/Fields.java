package io.clickpy.query.rollup;

import io.clickpy.core.ProjectName;
import io.clickpy.core.schema.Dimension;
import java.util.function.UnaryOperator;

/** What downloads can be told apart by, each for the rollups that have it. */
public final class Fields {
  /** The project; names are compared as PEP 503 says. */
  public static final TextField<ByProject> PROJECT =
      new TextField<>(Dimension.PROJECT, name -> ProjectName.of(name).value());

  /** The version of the file, as its name says it. */
  public static final VersionField<ByVersion> VERSION = new VersionField<>(Dimension.VERSION);

  /** The day in UTC. */
  public static final DateField<ByDate> DATE = new DateField<>(Dimension.DATE);

  /** The month in UTC. */
  public static final MonthField<ByMonth> MONTH = new MonthField<>(Dimension.MONTH);

  /** The ISO 3166 code of the country, in capital letters. */
  public static final TextField<ByCountry> COUNTRY = text(Dimension.COUNTRY_CODE);

  /** The kind of file, as {@code bdist_wheel}. */
  public static final TextField<ByFileType> FILE_TYPE = text(Dimension.TYPE);

  /** The program that asked for the file, as {@code pip}. */
  public static final TextField<ByInstaller> INSTALLER = text(Dimension.INSTALLER);

  /** The minor version of Python, as {@code 3.12}. */
  public static final TextField<ByPython> PYTHON = text(Dimension.PYTHON_MINOR);

  /** The operating system, as {@code Linux}. */
  public static final TextField<BySystem> SYSTEM = text(Dimension.SYSTEM);

  private Fields() {}

  private static <B> TextField<B> text(Dimension dimension) {
    return new TextField<>(dimension, UnaryOperator.identity());
  }
}
