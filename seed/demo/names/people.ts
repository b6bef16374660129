import type { Chance } from '../chance.ts';

/** Surnames with their rough share among people in China. */
const SURNAMES: readonly (readonly [string, number])[] = [
  ['王', 72],
  ['李', 71],
  ['张', 67],
  ['刘', 54],
  ['陈', 45],
  ['杨', 31],
  ['赵', 23],
  ['黄', 22],
  ['周', 21],
  ['吴', 20],
  ['徐', 17],
  ['孙', 15],
  ['胡', 13],
  ['朱', 13],
  ['高', 12],
  ['林', 12],
  ['何', 12],
  ['郭', 11],
  ['马', 11],
  ['罗', 9],
  ['梁', 9],
  ['宋', 8],
  ['郑', 8],
  ['谢', 7],
  ['韩', 7],
  ['唐', 7],
  ['冯', 6],
  ['于', 6],
  ['董', 6],
  ['萧', 5],
  ['程', 5],
  ['曹', 5],
  ['袁', 5],
  ['邓', 5],
  ['许', 5],
  ['傅', 5],
  ['沈', 5],
  ['曾', 5],
  ['彭', 5],
  ['吕', 5],
  ['苏', 4],
  ['卢', 4],
  ['蒋', 4],
  ['蔡', 4],
  ['贾', 4],
  ['丁', 4],
  ['魏', 4],
  ['薛', 4],
  ['叶', 4],
  ['阎', 3],
  ['欧阳', 1],
  ['上官', 0.5],
  ['司徒', 0.5],
  ['诸葛', 0.5],
];

const GIVEN_ONE = [...'伟芳敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂健俊帆雪倩宁琳璐欣晨昊然博涵颖蕾薇鑫淼喆'];
const GIVEN_FIRST = [...'建志文国海晓嘉子雨思佳明春永玉金宏立德振世红秀慧丽雅梦欣浩宇天泽俊一若亦景书'];
const GIVEN_SECOND = [...'华平军明辉林东峰波斌鹏飞龙宁涛杰超轩然涵琪瑶婷娜燕萍玲英兰梅芬洁颖琳怡萱彤阳晨宇豪凯睿'];

/** A believable full name, surname first. */
export function inventPersonName(chance: Chance): string {
  const surname = chance.weighted(SURNAMES);
  const given = chance.happens(0.28) ? chance.pick(GIVEN_ONE) : chance.pick(GIVEN_FIRST) + chance.pick(GIVEN_SECOND);
  return surname + given;
}

const MOBILE_PREFIXES = [
  '130',
  '131',
  '132',
  '133',
  '135',
  '136',
  '137',
  '138',
  '139',
  '150',
  '151',
  '152',
  '157',
  '158',
  '159',
  '166',
  '177',
  '178',
  '180',
  '181',
  '182',
  '183',
  '185',
  '186',
  '187',
  '188',
  '189',
  '198',
  '199',
];

/** A mobile number in the format of mainland China. */
export function inventMobile(chance: Chance): string {
  return chance.pick(MOBILE_PREFIXES) + String(chance.integer(0, 99_999_999)).padStart(8, '0');
}

/** A landline with its area code, `0512-68001234`. */
export function inventLandline(areaCode: string, chance: Chance): string {
  const digits = areaCode.length === 3 || chance.happens(0.6) ? 8 : 7;
  return `${areaCode}-${chance.integer(2, 8)}${String(chance.integer(0, 10 ** (digits - 1) - 1)).padStart(digits - 1, '0')}`;
}

export const HOBBIES = [
  '羽毛球',
  '钓鱼',
  '书法',
  '围棋',
  '马拉松',
  '摄影',
  '品茶',
  '登山',
  '乒乓球',
  '自驾游',
  '篮球',
  '古典音乐',
  '园艺',
  '徒步',
  '烹饪',
  '读历史书',
  '高尔夫',
  '游泳',
  '桥牌',
  '收藏邮票',
] as const;

/** Posts at a customer, with whether the holder usually decides. */
export const POSTS: readonly (readonly [{ title: string; decides: boolean }, number])[] = [
  [{ title: '采购经理', decides: false }, 20],
  [{ title: '采购总监', decides: true }, 12],
  [{ title: '总经理', decides: true }, 12],
  [{ title: '副总经理', decides: true }, 9],
  [{ title: '设备部部长', decides: false }, 10],
  [{ title: '技术总监', decides: true }, 8],
  [{ title: '项目经理', decides: false }, 14],
  [{ title: '工程师', decides: false }, 10],
  [{ title: '财务经理', decides: false }, 6],
  [{ title: '生产厂长', decides: true }, 6],
  [{ title: '办公室主任', decides: false }, 5],
  [{ title: '运营经理', decides: false }, 7],
];
