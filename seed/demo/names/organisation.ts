import type { TradeName } from './companies.ts';

/** The demo's 8 companies (ORG-1); the first is the group's own, home of the pool `s00`. */
export const COMPANIES = [
  { key: 'holding', name: '华岳控股集团有限公司', short: '华岳控股' },
  { key: 'machinery', name: '华岳重工装备有限公司', short: '华岳重工' },
  { key: 'energy', name: '华岳新能源科技有限公司', short: '华岳新能源' },
  { key: 'chemistry', name: '华岳化工新材料股份有限公司', short: '华岳新材' },
  { key: 'automation', name: '华岳智能系统有限公司', short: '华岳智能' },
  { key: 'logistics', name: '华岳供应链管理有限公司', short: '华岳供应链' },
  { key: 'environment', name: '华岳环境工程有限公司', short: '华岳环境' },
  { key: 'medical', name: '华岳医疗科技有限公司', short: '华岳医疗' },
] as const;

export type CompanyKey = (typeof COMPANIES)[number]['key'];

/** What a segment sells: product lines with a usual price in yuan and unit. */
export interface Offer {
  name: string;
  price: number;
  unit: string;
}

export interface SegmentPlan {
  code: string;
  name: string;
  company: CompanyKey;
  trades: readonly TradeName[];
  /** City codes (GB/T 2260) where it sells most. */
  cities: readonly string[];
  offers: readonly Offer[];
}

export const POOL_CODE = 's00';

export const SEGMENTS: readonly SegmentPlan[] = [
  {
    code: 's01',
    name: '工程机械版块',
    company: 'machinery',
    trades: ['construction', 'civil', 'mining', 'quarry', 'leasing'],
    cities: ['320400', '320200', '320100', '410100', '610100', '140100', '130200'],
    offers: [
      { name: '21 吨履带式挖掘机', price: 890_000, unit: '台' },
      { name: '5 吨轮式装载机', price: 328_000, unit: '台' },
      { name: '混凝土泵车 56 米', price: 2_650_000, unit: '台' },
      { name: '挖掘机年度保养服务', price: 26_000, unit: '年' },
    ],
  },
  {
    code: 's02',
    name: '数控机床版块',
    company: 'machinery',
    trades: ['metal', 'machine', 'special', 'car', 'rail'],
    cities: ['320500', '330200', '210100', '210200', '500100', '440600'],
    offers: [
      { name: '立式加工中心 VMC850', price: 386_000, unit: '台' },
      { name: '五轴联动加工中心', price: 1_980_000, unit: '台' },
      { name: '数控车床 CK6150', price: 168_000, unit: '台' },
      { name: '刀具与夹具套件', price: 32_000, unit: '套' },
    ],
  },
  {
    code: 's03',
    name: '光伏储能版块',
    company: 'energy',
    trades: ['electric', 'power', 'metal', 'food', 'property'],
    cities: ['340100', '320600', '370100', '620100', '610100', '650100'],
    offers: [
      { name: '工商业分布式光伏电站', price: 3_200_000, unit: '兆瓦' },
      { name: '215 千瓦时储能一体柜', price: 236_000, unit: '台' },
      { name: '组串式逆变器 110 千瓦', price: 29_800, unit: '台' },
      { name: '电站智能运维服务', price: 48_000, unit: '年' },
    ],
  },
  {
    code: 's04',
    name: '充电设施版块',
    company: 'energy',
    trades: ['public', 'property', 'road', 'retail', 'car'],
    cities: ['340100', '440100', '430100', '360100', '460100', '450100'],
    offers: [
      { name: '120 千瓦直流充电桩', price: 46_500, unit: '台' },
      { name: '480 千瓦液冷超充终端', price: 298_000, unit: '套' },
      { name: '7 千瓦交流充电桩', price: 1_680, unit: '台' },
      { name: '充电站运营平台年费', price: 36_000, unit: '年' },
    ],
  },
  {
    code: 's05',
    name: '化工新材料版块',
    company: 'chemistry',
    trades: ['chemical', 'plastic', 'textile', 'medicine', 'electronic'],
    cities: ['370600', '370200', '330200', '320600', '330300', '120100'],
    offers: [
      { name: '聚酰胺 66 改性粒料', price: 28_600, unit: '吨' },
      { name: '水性环氧树脂', price: 21_400, unit: '吨' },
      { name: '电子级异丙醇', price: 14_800, unit: '吨' },
      { name: '可降解材料 PBAT', price: 12_300, unit: '吨' },
    ],
  },
  {
    code: 's06',
    name: '工业自动化版块',
    company: 'automation',
    trades: ['electronic', 'car', 'machine', 'food', 'instrument', 'software'],
    cities: ['440300', '441900', '440600', '350200', '510100', '420100'],
    offers: [
      { name: '六轴工业机器人 20 公斤', price: 158_000, unit: '台' },
      { name: '产线自动化改造项目', price: 1_350_000, unit: '项' },
      { name: '机器视觉检测工位', price: 218_000, unit: '套' },
      { name: 'MES 系统实施', price: 680_000, unit: '项' },
    ],
  },
  {
    code: 's07',
    name: '供应链物流版块',
    company: 'logistics',
    trades: ['wholesale', 'retail', 'storage', 'post', 'drink', 'road'],
    cities: ['310100', '330100', '320500', '440100', '500100', '410100'],
    offers: [
      { name: '合同物流年度服务', price: 1_200_000, unit: '年' },
      { name: '冷链干线运输', price: 8_600, unit: '车次' },
      { name: '云仓代发服务', price: 96_000, unit: '月' },
      { name: '智能立体仓库', price: 5_600_000, unit: '座' },
    ],
  },
  {
    code: 's08',
    name: '环保水务版块',
    company: 'environment',
    trades: ['water', 'environment', 'chemical', 'textile', 'public'],
    cities: ['420100', '430100', '360100', '520100', '530100', '510100'],
    offers: [
      { name: '一体化污水处理设备', price: 860_000, unit: '套' },
      { name: '工业废水零排放项目', price: 6_800_000, unit: '项' },
      { name: '膜组件更换', price: 148_000, unit: '组' },
      { name: '水质在线监测站', price: 126_000, unit: '座' },
    ],
  },
  {
    code: 's09',
    name: '医疗器械版块',
    company: 'medical',
    trades: ['health', 'medicine', 'wholesale', 'retail', 'research'],
    cities: ['330100', '310100', '320100', '610100', '110100', '440300'],
    offers: [
      { name: '全自动生化分析仪', price: 1_180_000, unit: '台' },
      { name: '彩色多普勒超声系统', price: 960_000, unit: '台' },
      { name: '病人监护仪', price: 32_000, unit: '台' },
      { name: '体外诊断试剂年度框架', price: 420_000, unit: '年' },
    ],
  },
  {
    code: 's10',
    name: '国际贸易版块',
    company: 'holding',
    trades: ['wholesale', 'textile', 'machine', 'electronic', 'food'],
    cities: ['310100', '370200', '350200', '440300', '120100', '230100'],
    offers: [
      { name: '机电设备进口代理', price: 780_000, unit: '单' },
      { name: '大豆油大宗贸易', price: 9_200, unit: '吨' },
      { name: '跨境供应链金融服务', price: 320_000, unit: '年' },
      { name: '出口信用与报关服务', price: 58_000, unit: '年' },
    ],
  },
];

/** Reps per segment who can log in; further staff of the demo has left or waits for its exam. */
export const REPS_PER_SEGMENT = 3;

/** Teams of a segment (ORG-10). */
export const TEAMS = ['一组', '二组'] as const;
