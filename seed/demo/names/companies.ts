import type { Chance } from '../chance.ts';

const BRAND_FIRST = [...'恒瑞鑫盛泰远通诚宏锦安博创德东富光海合和弘嘉金凯科力联隆美铭能鹏启润三森深顺天万威信兴星亿永宇源云泽正众卓'];
const BRAND_SECOND = [...'达发丰冠广昊华辉汇建杰景康朗利龙茂梦宁普奇锐升胜舒腾拓旺祥翔阳业益盈誉裕跃展哲志智洲'];

/** A trade: division of GB/T 4754-2017, how such companies call themselves, what they buy from us. */
export interface Trade {
  division: string;
  words: readonly string[];
}

export const TRADES = {
  construction: { division: '47', words: ['建筑工程', '建设', '建设集团', '建筑安装工程'] },
  civil: { division: '48', words: ['路桥工程', '市政工程', '基础工程', '隧道工程'] },
  fittings: { division: '50', words: ['装饰工程', '幕墙工程'] },
  mining: { division: '06', words: ['煤业', '矿业', '能源'] },
  quarry: { division: '10', words: ['建材', '新型建材', '石材'] },
  metal: { division: '33', words: ['金属制品', '精密金属', '钢结构'] },
  machine: { division: '34', words: ['机械制造', '精密机械', '传动设备', '模具'] },
  special: { division: '35', words: ['专用设备', '包装机械', '食品机械'] },
  car: { division: '36', words: ['汽车零部件', '汽车部件', '汽车科技'] },
  rail: { division: '37', words: ['轨道交通装备', '船舶配套'] },
  electric: { division: '38', words: ['电气', '电缆', '电机', '新能源科技'] },
  electronic: { division: '39', words: ['电子科技', '光电科技', '半导体科技', '通讯设备'] },
  instrument: { division: '40', words: ['仪器仪表', '测控技术'] },
  power: { division: '44', words: ['电力工程', '热电', '新能源发电'] },
  water: { division: '46', words: ['水务', '供水', '水处理'] },
  chemical: { division: '26', words: ['化工', '精细化工', '新材料科技', '涂料'] },
  medicine: { division: '27', words: ['制药', '生物制药', '药业'] },
  plastic: { division: '29', words: ['塑胶制品', '橡塑科技', '包装材料'] },
  textile: { division: '17', words: ['纺织', '纺织科技', '印染'] },
  food: { division: '14', words: ['食品', '调味品', '乳业'] },
  drink: { division: '15', words: ['饮料', '酒业', '茶业'] },
  wholesale: { division: '51', words: ['商贸', '贸易', '供应链管理', '医药'] },
  retail: { division: '52', words: ['商业连锁', '百货', '大药房连锁'] },
  road: { division: '54', words: ['运输', '物流', '冷链物流'] },
  storage: { division: '59', words: ['仓储', '仓储物流'] },
  post: { division: '60', words: ['速递', '快运'] },
  software: { division: '65', words: ['信息技术', '软件', '网络科技', '数据科技'] },
  property: { division: '70', words: ['物业服务', '置业', '地产'] },
  leasing: { division: '71', words: ['设备租赁', '融资租赁', '汽车租赁'] },
  research: { division: '74', words: ['检测技术', '工程设计'] },
  environment: { division: '77', words: ['环保科技', '环境工程', '生态环境'] },
  public: { division: '78', words: ['公用事业', '城市服务', '停车管理'] },
  health: { division: '84', words: ['医疗管理', '健康管理', '医学检验'] },
} as const satisfies Record<string, Trade>;

export type TradeName = keyof typeof TRADES;

const FORMS: readonly (readonly [string, number])[] = [
  ['有限公司', 78],
  ['股份有限公司', 9],
  ['有限责任公司', 8],
  ['集团有限公司', 5],
];

export function inventBrand(chance: Chance): string {
  return chance.pick(BRAND_FIRST) + chance.pick(BRAND_SECOND);
}

export interface CompanyName {
  name: string;
  short: string;
}

/** A full legal name as the register writes it, region + brand + trade + form (CUS-6), and the short one people say. */
export function inventCompanyName(city: string, trade: Trade, chance: Chance): CompanyName {
  const brand = inventBrand(chance);
  const word = chance.pick(trade.words);
  const form = chance.weighted(FORMS);
  const region = chance.happens(0.18) ? `${city}市` : city;
  const plain = word.replace(/集团$/, '');
  return { name: `${region}${brand}${form.startsWith('集团') ? plain : word}${form}`, short: `${brand}${plain.slice(0, 2)}` };
}

const INSTITUTIONS = [
  '{brand}医院',
  '{brand}妇幼保健院',
  '{brand}职业技术学院',
  '{brand}中学',
  '{brand}科学研究所',
  '{brand}文化馆',
  '{brand}疾病预防控制中心',
  '{brand}质量检验研究院',
] as const;

export function inventInstitutionName(city: string, chance: Chance): CompanyName {
  const brand = inventBrand(chance);
  const name = chance.pick(INSTITUTIONS).replace('{brand}', brand);
  return { name: `${city}市${name}`, short: name };
}

const SHOPS = ['五金经营部', '汽修店', '水暖器材店', '劳保用品店', '农机配件店', '工程队', '医疗器械经营部', '货运部'] as const;

export function inventShopName(city: string, district: string, chance: Chance): CompanyName {
  const brand = inventBrand(chance);
  const shop = chance.pick(SHOPS);
  return { name: `${city}市${district}${brand}${shop}`, short: `${brand}${shop}` };
}

const FOREIGN_BRANDS = [
  'Nordwind',
  'Kitagawa',
  'Alvarez',
  'Brightwater',
  'Lindqvist',
  'Rosenthal',
  'Takamori',
  'Van der Meer',
  'Hartmann',
  'Moreau',
  'Castellan',
  'Oakridge',
  'Silverlake',
  'Petrov',
  'Kowalski',
  'Seo & Park',
] as const;
const FOREIGN_TRADES = [
  'Machinery',
  'Industrial Systems',
  'Trading',
  'Medical',
  'Environmental',
  'Logistics',
  'Components',
  'Energy',
] as const;
const FOREIGN_FORMS = ['GmbH', 'Co., Ltd.', 'Inc.', 'B.V.', 'S.p.A.', 'AB', 'Pte. Ltd.'] as const;

export function inventForeignName(chance: Chance): CompanyName {
  const brand = chance.pick(FOREIGN_BRANDS);
  const trade = chance.pick(FOREIGN_TRADES);
  return { name: `${brand} ${trade} ${chance.pick(FOREIGN_FORMS)}`, short: `${brand} ${trade}` };
}
