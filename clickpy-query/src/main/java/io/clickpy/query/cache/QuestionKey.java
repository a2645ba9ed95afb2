package io.clickpy.query.cache;

import io.clickpy.query.StatsQuery;
import java.util.Map;

/**
 * A question about data of one version. Questions of one class with the same SQL and values have
 * the same rows.
 *
 * @param version of the data
 * @param type the question's class
 * @param sql its SQL
 * @param parameters its values
 */
record QuestionKey(DataVersion version, Class<?> type, String sql, Map<String, Object> parameters) {

  static QuestionKey of(StatsQuery<?> question, DataVersion version) {
    return new QuestionKey(version, question.getClass(), question.sql(), question.parameters());
  }
}
