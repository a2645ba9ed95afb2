package io.clickpy.examples.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a download went.
 *
 * @param code two letters; empty or null for an address that nobody could place
 * @param share of the downloads, in millionths
 */
record Country(@Nullable String code, double share) {
  /** The shares of 30 days of 2026. */
  private static final String SHARES =
      """
      US 798283 SG 37597 IE 30763 DE 30686 NL 22975 IN 15839 GB 15577 JP 10026 CA 7035 FR 6961
      HK 4345 AU 4183 KR 3634 BR 3351 SE 2859 CN 1996 BE 1689 DK 357 FI 257 ES 242
      RU 236 IT 227 PL 125 TH 94 CH 94 ID 85 IL 76 NO 71 TW 68 ZA 43
      HU 29 AE 27 VN 20 RO 18 AT 17 SA 12 PK 12 TR 10 CZ 8 GR 7
      UA 7 MX 7 PT 7 MY 6 EE 6 BZ 4 IS 3 PE 3 AR 2 LT 2
      CL 2 KZ 1 LU 1 NG 0.5 BD 0.4 CO 0.3 EU 0.1""";

  static final AliasTable<Country> TABLE = AliasTable.of(all(), Country::share);

  private static List<Country> all() {
    List<Country> countries = WeightedNames.parse(SHARES, Country::new);
    countries.add(new Country(null, 200));
    countries.add(new Country("", 20));
    return countries;
  }
}
