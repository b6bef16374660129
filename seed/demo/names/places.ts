/** A city of the demo: code of GB/T 2260 (city level), short name as companies write it, area code, main postcode, districts. */
export interface Place {
  code: string;
  name: string;
  area: string;
  postcode: string;
  districts: readonly string[];
}

export const PLACES: readonly Place[] = [
  { code: '110100', name: '北京', area: '010', postcode: '100000', districts: ['海淀区', '朝阳区', '大兴区', '顺义区'] },
  { code: '120100', name: '天津', area: '022', postcode: '300000', districts: ['滨海新区', '西青区', '北辰区'] },
  { code: '130100', name: '石家庄', area: '0311', postcode: '050000', districts: ['裕华区', '鹿泉区', '长安区'] },
  { code: '130200', name: '唐山', area: '0315', postcode: '063000', districts: ['路北区', '丰润区', '曹妃甸区'] },
  { code: '140100', name: '太原', area: '0351', postcode: '030000', districts: ['小店区', '万柏林区'] },
  { code: '210100', name: '沈阳', area: '024', postcode: '110000', districts: ['铁西区', '浑南区', '于洪区'] },
  { code: '210200', name: '大连', area: '0411', postcode: '116000', districts: ['甘井子区', '金州区'] },
  { code: '220100', name: '长春', area: '0431', postcode: '130000', districts: ['绿园区', '朝阳区'] },
  { code: '230100', name: '哈尔滨', area: '0451', postcode: '150000', districts: ['香坊区', '平房区'] },
  { code: '310100', name: '上海', area: '021', postcode: '200000', districts: ['浦东新区', '闵行区', '嘉定区', '松江区'] },
  { code: '320100', name: '南京', area: '025', postcode: '210000', districts: ['江宁区', '栖霞区', '浦口区'] },
  { code: '320200', name: '无锡', area: '0510', postcode: '214000', districts: ['新吴区', '惠山区', '滨湖区'] },
  { code: '320400', name: '常州', area: '0519', postcode: '213000', districts: ['武进区', '新北区'] },
  { code: '320500', name: '苏州', area: '0512', postcode: '215000', districts: ['吴中区', '相城区', '虎丘区'] },
  { code: '320600', name: '南通', area: '0513', postcode: '226000', districts: ['通州区', '崇川区'] },
  { code: '330100', name: '杭州', area: '0571', postcode: '310000', districts: ['萧山区', '余杭区', '滨江区'] },
  { code: '330200', name: '宁波', area: '0574', postcode: '315000', districts: ['北仑区', '鄞州区', '镇海区'] },
  { code: '330300', name: '温州', area: '0577', postcode: '325000', districts: ['瓯海区', '龙湾区'] },
  { code: '340100', name: '合肥', area: '0551', postcode: '230000', districts: ['蜀山区', '包河区', '瑶海区'] },
  { code: '350100', name: '福州', area: '0591', postcode: '350000', districts: ['仓山区', '马尾区'] },
  { code: '350200', name: '厦门', area: '0592', postcode: '361000', districts: ['集美区', '海沧区', '同安区'] },
  { code: '360100', name: '南昌', area: '0791', postcode: '330000', districts: ['青山湖区', '红谷滩区'] },
  { code: '370100', name: '济南', area: '0531', postcode: '250000', districts: ['历城区', '章丘区'] },
  { code: '370200', name: '青岛', area: '0532', postcode: '266000', districts: ['城阳区', '黄岛区', '崂山区'] },
  { code: '370600', name: '烟台', area: '0535', postcode: '264000', districts: ['福山区', '莱山区'] },
  { code: '410100', name: '郑州', area: '0371', postcode: '450000', districts: ['中原区', '金水区', '管城回族区'] },
  { code: '420100', name: '武汉', area: '027', postcode: '430000', districts: ['洪山区', '东西湖区', '江夏区'] },
  { code: '430100', name: '长沙', area: '0731', postcode: '410000', districts: ['岳麓区', '雨花区', '望城区'] },
  { code: '440100', name: '广州', area: '020', postcode: '510000', districts: ['黄埔区', '番禺区', '白云区'] },
  { code: '440300', name: '深圳', area: '0755', postcode: '518000', districts: ['宝安区', '龙岗区', '南山区'] },
  { code: '440600', name: '佛山', area: '0757', postcode: '528000', districts: ['顺德区', '南海区', '禅城区'] },
  { code: '441900', name: '东莞', area: '0769', postcode: '523000', districts: ['长安镇', '松山湖', '虎门镇'] },
  { code: '450100', name: '南宁', area: '0771', postcode: '530000', districts: ['青秀区', '江南区'] },
  { code: '460100', name: '海口', area: '0898', postcode: '570000', districts: ['美兰区', '龙华区'] },
  { code: '500100', name: '重庆', area: '023', postcode: '400000', districts: ['江北区', '九龙坡区', '渝北区'] },
  { code: '510100', name: '成都', area: '028', postcode: '610000', districts: ['双流区', '郫都区', '龙泉驿区'] },
  { code: '520100', name: '贵阳', area: '0851', postcode: '550000', districts: ['观山湖区', '白云区'] },
  { code: '530100', name: '昆明', area: '0871', postcode: '650000', districts: ['官渡区', '呈贡区'] },
  { code: '610100', name: '西安', area: '029', postcode: '710000', districts: ['雁塔区', '未央区', '高陵区'] },
  { code: '620100', name: '兰州', area: '0931', postcode: '730000', districts: ['七里河区', '安宁区'] },
  { code: '650100', name: '乌鲁木齐', area: '0991', postcode: '830000', districts: ['米东区', '头屯河区'] },
];

export const ROADS = [
  '人民路',
  '工业大道',
  '科技路',
  '创新路',
  '建设路',
  '滨江大道',
  '解放路',
  '振兴路',
  '园区一路',
  '长江路',
  '迎宾大道',
  '兴业路',
  '光华路',
  '文化路',
  '港口路',
] as const;
